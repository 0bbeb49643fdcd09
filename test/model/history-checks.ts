import { dataOf, ensureEqual, everyPage } from './asking.ts';
import type { ModelSpace } from './model.ts';
import type { Walk, WalkApp } from './scene.ts';

const fields = 'id recalledAt sender { vendorId } content { ... on TextContent { text } }';
const history = (first: number) => `query ($id: ID!, $after: String, $filter: MessageFilter) { node(id: $id) {
  ... on Conversation { messages(first: ${first}, after: $after, filter: $filter) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }
  ... on Space { messages(first: ${first}, after: $after, filter: $filter) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } } } }`;

interface SeenMessage {
  readonly id: string;
  readonly recalledAt: string | null;
  readonly sender: { readonly vendorId: string } | null;
  readonly content: { readonly text?: string } | null;
}

/** Whose history it is, and of what: a conversation or a space. */
export interface HistoryPlace {
  readonly user: string;
  readonly id: string;
}

/** The histories that somebody may read. */
export function historiesOf(app: WalkApp): readonly HistoryPlace[] {
  const { model, ids } = app;
  const conversations = model.users.flatMap((user) =>
    model.listOf(user).map((conversation) => ({ user, id: ids.conversation(conversation) })),
  );
  const spaces = [...model.spaces.values()].filter(({ isDeleted }) => !isDeleted);
  return [
    ...conversations,
    ...spaces.flatMap((space) => [...space.members].map((user) => ({ user, id: ids.place(space) }))),
  ];
}

async function read(
  app: WalkApp,
  { user, id }: HistoryPlace,
  first: number,
  after: string | null = null,
  filter: object | null = null,
) {
  const { node } = dataOf(
    `${app.name} history ${id} of ${user}`,
    await app.as(user, history(first), { id, after, filter }),
  );
  return node.messages as {
    readonly nodes: readonly SeenMessage[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** A history read two by two is the same as at once, and one sender's part of it is what that sender sent. */
export async function checkHistory(app: WalkApp, serial: number): Promise<void> {
  const places = historiesOf(app);
  const place = places[serial % Math.max(1, places.length)];
  if (!place) return;
  const where = `${app.name} history ${place.id} of ${place.user}`;
  const whole = await everyPage((after) => read(app, place, 100, after));
  ensureEqual(`${where} by pages`, await everyPage((after) => read(app, place, 2, after)), whole);
  const sender = app.model.users[serial % app.model.users.length] ?? '';
  const filter = { senderId: app.ids.user(sender) };
  ensureEqual(
    `${where} of the sender ${sender}`,
    (await everyPage((after) => read(app, place, 2, after, filter))).filter(({ recalledAt }) => recalledAt === null),
    whole.filter((message) => message.sender?.vendorId === sender && message.recalledAt === null),
  );
  const space = app.model.spacesOf('chatroom').find((each) => app.ids.place(each) === place.id);
  if (space) checkRoom(app, where, space, whole);
}

/** What was said in a room, which has no conversation that tells it. */
function checkRoom(app: WalkApp, where: string, space: ModelSpace, whole: readonly SeenMessage[]): void {
  const texts = whole.filter(({ recalledAt }) => recalledAt === null).map(({ content }) => content?.text);
  const said = app.model.messagesIn(space).filter(({ isRecalled }) => !isRecalled);
  ensureEqual(where, texts, said.map(({ text }) => text).toReversed());
}

/** Reads a history page by page while something is said between any two pages: what was there before is given whole, once, in order. */
export async function readWhileTalking(
  walk: Walk,
  app: WalkApp,
  place: HistoryPlace,
  talk: () => Promise<void>,
): Promise<void> {
  const whole = await read(app, place, 100);
  const nodes: SeenMessage[] = [];
  for (let after: string | null = null; ; ) {
    const page = await read(app, place, 2, after);
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage || nodes.length > whole.nodes.length + 10) break;
    after = page.pageInfo.endCursor;
    await talk();
    await walk.world.settle(app.vendor);
  }
  const idsOf = (messages: readonly SeenMessage[]) => messages.map(({ id }) => id);
  ensureEqual(`${app.name} history ${place.id} of ${place.user} while it grows`, idsOf(nodes), idsOf(whole.nodes));
}
