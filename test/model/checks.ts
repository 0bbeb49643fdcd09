import type { Walk, WalkApp } from './commands.ts';
import type { ModelConversation, ModelGroup, ModelMessage } from './model.ts';

/** What a check found; the message says where, what was expected and what was there. */
function ensureEqual(where: string, actual: unknown, wanted: unknown): void {
  const [a, w] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (a !== w) throw new Error(`${where}: expected ${w}, got ${a}`);
}

const messageFields = `id recalledAt sender { vendorId } content { ... on TextContent { text } }`;
const screen = `query ($appId: ID!, $pageOf: Int!) { viewer { account(appId: $appId) {
  conversations(first: 100) { nodes { id unreadCount isPinned lastMessage { id } messages(first: 100) { nodes { ${messageFields} } } } }
  paged: conversations(first: $pageOf) { nodes { id } pageInfo { hasNextPage endCursor } }
  blocklist { blocks(first: 100) { nodes { user { vendorId } } } }
  groups(first: 100) { nodes { vendorId } }
} } }`;
const groupQuery = `query ($id: ID!) { group(id: $id) { memberCount owner { vendorId } members(first: 100) { nodes { user { vendorId } } } } }`;

/** Compares everything that the users of an app see with the model of it. Throws at the first difference. */
export async function checkApp(walk: Walk, app: WalkApp): Promise<void> {
  await Promise.all(app.model.users.map((user) => checkUser(walk, app, user)));
  await Promise.all([...app.model.groups.values()].map((group) => checkGroup(walk, app, group)));
  await checkNodes(walk, app);
}

async function checkUser(walk: Walk, app: WalkApp, user: string): Promise<void> {
  const where = `${app.name} ${user}`;
  const token = app.tokens.get(user) ?? '';
  const answer = await walk.world.query(token, screen, { appId: `App:${app.name}`, pageOf: 2 });
  if (answer.errors) throw new Error(`${where}: the screen fails: ${JSON.stringify(answer.errors).slice(0, 800)}`);
  const { conversations, paged, blocklist, groups } = answer.data.viewer.account;

  const blocked = blocklist.blocks.nodes.map((block: { user: { vendorId: string } }) => block.user.vendorId);
  ensureEqual(`${where} blocks`, blocked.toSorted(), [...(app.model.blocks.get(user) ?? [])].toSorted());
  ensureEqual(
    `${where} groups`,
    groups.nodes.map((group: { vendorId: string }) => group.vendorId).toSorted(),
    app.model
      .groupsOf(user)
      .map(({ id }) => id)
      .toSorted(),
  );

  const idOf = ({ peer }: ModelConversation) => `Conversation:${app.name}:${user}:${peer.kind}:${peer.id}`;
  const wanted = app.model.listOf(user);
  // A group in which nothing was said may be listed or not.
  const begun = new Set([...app.model.conversations.values()].filter(({ order }) => order > 0).map(idOf));
  const listed: { id: string }[] = conversations.nodes.filter(({ id }: { id: string }) => begun.has(id));
  ensureEqual(
    `${where} conversations`,
    listed.map(({ id }) => id),
    wanted.map(idOf),
  );
  ensureEqual(
    `${where} conversations by pages`,
    await pagesOf(walk, app, token, paged),
    conversations.nodes.map(({ id }: { id: string }) => id),
  );
  for (const [index, conversation] of wanted.entries()) {
    const seen = conversations.nodes.find(({ id }: { id: string }) => id === listed[index]?.id);
    checkConversation(`${where} ${idOf(conversation)}`, seen, conversation);
  }
}

interface SeenConversation {
  readonly unreadCount: number | null;
  readonly isPinned: boolean | null;
  readonly lastMessage: { readonly id: string } | null;
  readonly messages: {
    readonly nodes: readonly {
      readonly id: string;
      readonly recalledAt: string | null;
      readonly sender: { readonly vendorId: string };
      readonly content: { readonly text?: string } | null;
    }[];
  };
}

function checkConversation(where: string, seen: SeenConversation, wanted: ModelConversation): void {
  if (wanted.unread !== 'unknown') ensureEqual(`${where} unreadCount`, seen.unreadCount, wanted.unread);
  if (seen.isPinned !== null) ensureEqual(`${where} isPinned`, seen.isPinned, wanted.isPinned);
  const shown = wanted.messages.filter(({ clearedFor }) => !clearedFor.has(wanted.owner)).toReversed();
  const texts = seen.messages.nodes.filter(({ recalledAt }) => recalledAt === null).map(({ content }) => content?.text);
  ensureEqual(
    `${where} messages`,
    texts.filter((text) => text !== undefined),
    shown.filter(({ isRecalled }) => !isRecalled).map(({ text }) => text),
  );
  note(seen, shown);
  if (seen.messages.nodes.length > 0)
    ensureEqual(`${where} lastMessage`, seen.lastMessage?.id, seen.messages.nodes[0]?.id);
}

/** Learns the ids of messages that clients sent, and holds the others to the id first seen. */
function note(seen: SeenConversation, shown: readonly ModelMessage[]): void {
  for (const { id, content, recalledAt } of seen.messages.nodes) {
    const message = recalledAt === null ? shown.find(({ text }) => text === content?.text) : undefined;
    if (!message) continue;
    message.id ??= id;
    ensureEqual(`the id of "${message.text}"`, id, message.id);
  }
}

async function pagesOf(
  walk: Walk,
  app: WalkApp,
  token: string,
  first: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } },
): Promise<readonly string[]> {
  const ids = first.nodes.map(({ id }) => id);
  const query = `query ($appId: ID!, $after: String) { viewer { account(appId: $appId) {
    conversations(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
  for (let { pageInfo } = first; pageInfo.hasNextPage; ) {
    const answer = await walk.world.query(token, query, { appId: `App:${app.name}`, after: pageInfo.endCursor });
    if (answer.errors) throw new Error(`a page fails: ${JSON.stringify(answer.errors).slice(0, 800)}`);
    const page = answer.data.viewer.account.conversations;
    ids.push(...page.nodes.map(({ id }: { id: string }) => id));
    pageInfo = page.pageInfo;
    if (ids.length > 500) throw new Error('pages without an end');
  }
  return ids;
}

async function checkGroup(walk: Walk, app: WalkApp, group: ModelGroup): Promise<void> {
  const where = `${app.name} group ${group.id}`;
  const id = `Group:${app.name}:${group.id}`;
  const query = (token: string) => walk.world.query(token, groupQuery, { id });
  const outsider = app.model.users.find((user) => !group.members.has(user));
  if (outsider !== undefined || group.isDeleted) {
    const user = outsider ?? group.owner;
    const { data, errors } = await query(app.tokens.get(user) ?? '');
    ensureEqual(
      `${where} as seen by ${user}, who is not in it`,
      [data?.group ?? null, errors?.[0]?.extensions.code],
      [null, 'FORBIDDEN'],
    );
  }
  if (group.isDeleted) return;
  const { data, errors } = await query(app.tokens.get(group.owner) ?? '');
  if (errors) throw new Error(`${where}: ${JSON.stringify(errors).slice(0, 800)}`);
  const members = data.group.members.nodes.map((member: { user: { vendorId: string } }) => member.user.vendorId);
  ensureEqual(`${where} members`, members.toSorted(), [...group.members].toSorted());
  ensureEqual(`${where} memberCount`, data.group.memberCount, group.members.size);
  if (data.group.owner !== null) ensureEqual(`${where} owner`, data.group.owner.vendorId, group.owner);
}

/** `node(id:)` of the newest messages: what it gives is what the model has, for those who may see it, and nothing for others. */
async function checkNodes(walk: Walk, app: WalkApp): Promise<void> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Message { ${messageFields} } } }`;
  const known = app.model.messages.filter(({ id }) => id !== null).slice(-3);
  for (const message of known) {
    const viewers = app.model.views(message).map(([viewer]) => viewer);
    for (const user of [
      ...viewers.slice(0, 1),
      ...app.model.users.filter((each) => !viewers.includes(each)).slice(0, 1),
    ]) {
      const { data, errors } = await walk.world.query(app.tokens.get(user) ?? '', query, { id: message.id });
      const where = `${app.name} node ${message.id} as seen by ${user}`;
      if (!viewers.includes(user)) {
        ensureEqual(where, [data?.node ?? null, errors?.[0]?.extensions.code], [null, 'FORBIDDEN']);
        continue;
      }
      if (message.clearedFor.has(user)) continue;
      if (errors) throw new Error(`${where}: ${JSON.stringify(errors).slice(0, 500)}`);
      const { recalledAt, content, sender } = data.node ?? {};
      ensureEqual(where, [recalledAt !== null, sender?.vendorId], [message.isRecalled, message.from]);
      if (!message.isRecalled) ensureEqual(where, content?.text, message.text);
    }
  }
}
