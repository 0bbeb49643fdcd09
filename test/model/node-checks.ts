import { ensureEqual } from './asking.ts';
import type { ModelMessage } from './model.ts';
import type { WalkApp } from './scene.ts';

const query = `query ($ids: [ID!]!) { nodes(ids: $ids) {
  ... on Message { id recalledAt editedAt sender { vendorId } content { ... on TextContent { text } } }
  ... on User { id name }
  ... on Group { id memberCount }
  ... on Chatroom { id memberCount }
  ... on Conversation { id kind }
  ... on Member { id user { vendorId } }
} }`;
const atOnce = 20;

/** An id that was seen, and what a viewer finds by it: an object that the node must have; null for what is not there. */
interface Named {
  readonly id: string;
  readonly as: (user: string) => object | null | 'FORBIDDEN' | 'not asked';
}

/** `nodes(ids:)` of ids that were seen, some at a time and all of them by and by: each user finds what it may see, and nothing else. */
export async function checkNodes(app: WalkApp, serial: number, isAll = false): Promise<void> {
  const named = namedOf(app);
  const start = isAll ? 0 : (serial * atOnce) % Math.max(1, named.length);
  const user = app.model.users[serial % app.model.users.length] ?? '';
  for (let at = start; at < (isAll ? named.length : Math.min(start + atOnce, named.length)); at += atOnce)
    for (const each of isAll ? app.model.users : [user]) await find(app, each, named.slice(at, at + atOnce));
}

async function find(app: WalkApp, user: string, named: readonly Named[]): Promise<void> {
  const asked = named.filter((each) => each.as(user) !== 'not asked');
  if (asked.length === 0) return;
  const { data, errors } = await app.as(user, query, { ids: asked.map(({ id }) => id) });
  for (const [index, each] of asked.entries()) {
    const failure = errors?.find(({ path }) => path?.[0] === 'nodes' && path[1] === index);
    const node: Record<string, unknown> | null = data?.nodes?.[index] ?? null;
    const wanted = each.as(user);
    const where = `${app.name} node ${each.id} as seen by ${user}`;
    if (wanted === 'FORBIDDEN') ensureEqual(where, [node, failure?.extensions.code], [null, 'FORBIDDEN']);
    else if (failure) throw new Error(`${where}: ${JSON.stringify(failure).slice(0, 500)}`);
    else if (wanted === 'not asked' || wanted === null) ensureEqual(where, node, null);
    else ensureEqual(where, node && only(node, Object.keys(wanted)), wanted);
  }
}

const only = (node: Record<string, unknown>, keys: readonly string[]) =>
  Object.fromEntries(
    keys.map((key) => [key, key === 'recalledAt' || key === 'editedAt' ? node[key] !== null : node[key]]),
  );

function namedOf(app: WalkApp): readonly Named[] {
  const { model, ids } = app;
  const spaces = [...model.spaces.values()];
  return [
    ...model.messages.flatMap((message): Named[] => {
      const { id } = message;
      return id === null ? [] : [{ id, as: (user) => messageAs(app, message, user) }];
    }),
    ...model.users.map(
      (each): Named => ({
        id: ids.user(each),
        as: () => ({ id: ids.user(each), name: model.names.get(each) }),
      }),
    ),
    ...spaces.map(
      (space): Named => ({
        id: ids.place(space),
        as: (user) =>
          !model.isIn(user, space)
            ? 'FORBIDDEN'
            : space.kind === 'group'
              ? { id: ids.place(space), memberCount: space.members.size }
              : { id: ids.place(space) },
      }),
    ),
    ...spaces.flatMap((space) =>
      model.users.map((each): Named => {
        const id = ids.member(space, each);
        const found = space.members.has(each) ? { id, user: { vendorId: each } } : null;
        return { id, as: (user) => (model.isIn(user, space) ? found : user === each ? 'not asked' : 'FORBIDDEN') };
      }),
    ),
    ...[...model.conversations.values()].map((conversation): Named => {
      const id = ids.conversation(conversation);
      const found = { id, kind: conversation.peer.kind.toUpperCase() };
      const isShown = conversation.peer.kind === 'direct' || model.isIn(conversation.owner, conversation.peer);
      return { id, as: (user) => (user === conversation.owner && isShown ? found : 'FORBIDDEN') };
    }),
  ];
}

function messageAs(app: WalkApp, message: ModelMessage, user: string): ReturnType<Named['as']> {
  const { model } = app;
  // Rooms keep or forget as their vendor does; an emptied history is its owner's alone.
  if (message.to.kind === 'chatroom' || message.clearedFor.has(user)) return 'not asked';
  const isSeen =
    message.to.kind === 'direct' ? [message.from, message.to.id].includes(user) : model.isIn(user, message.to);
  if (!isSeen) return 'FORBIDDEN';
  const heard = model.views(message).find(([viewer]) => viewer === user);
  // What was said before one came in is for each vendor to show or not.
  if (!heard || !model.conversation(user, heard[1]).messages.includes(message)) return 'not asked';
  if (message.isRecalled) return { id: message.id, recalledAt: true };
  const content = { text: message.text };
  return { id: message.id, recalledAt: false, editedAt: message.isEdited, sender: { vendorId: message.from }, content };
}
