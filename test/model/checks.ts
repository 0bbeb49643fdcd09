import { dataOf, ensureCount, ensureEqual, everyPage } from './asking.ts';
import { checkHistory } from './history-checks.ts';
import type { ModelConversation, ModelMessage } from './model.ts';
import { checkNodes } from './node-checks.ts';
import type { Walk, WalkApp } from './scene.ts';
import { checkSpace } from './space-checks.ts';
import { checkStreams } from './stream-checks.ts';

const screen = `query ($appId: ID!) { viewer {
  conversations(first: 100) { nodes { id } }
  account(appId: $appId) {
    conversations(first: 100) { nodes { id unreadCount isPinned lastMessage { id }
      messages(first: 100) { nodes { id recalledAt content { ... on TextContent { text } } } } } }
    blocklist { blocks(first: 100) { nodes { user { vendorId } } totalCount } }
    groups(first: 100) { nodes { vendorId } totalCount }
  } } }`;
const listPage = `query ($appId: ID!, $after: String) { viewer { account(appId: $appId) {
  conversations(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
const blocksPage = `query ($appId: ID!, $after: String) { viewer { account(appId: $appId) {
  blocklist { blocks(first: 2, after: $after) { nodes { user { vendorId } } pageInfo { hasNextPage endCursor } } } } } }`;

/** Compares everything that the users of an app see and hear with the model of it. Throws at the first difference. */
export async function checkApp(walk: Walk, app: WalkApp): Promise<void> {
  await checkStreams(app);
  const serial = walk.next();
  // Who reads page by page goes round.
  const isPaged = (index: number) => index === serial % app.model.users.length;
  await Promise.all(app.model.users.map((user, index) => checkUser(app, user, isPaged(index))));
  const spaces = [...app.model.spaces.values()];
  await Promise.all(spaces.map((space, index) => checkSpace(walk, app, space, isPaged(index))));
  await checkHistory(app, serial);
  await checkNodes(app, serial);
}

interface SeenConversation {
  readonly id: string;
  readonly unreadCount: number | null;
  readonly isPinned: boolean | null;
  readonly lastMessage: { readonly id: string } | null;
  readonly messages: {
    readonly nodes: readonly {
      readonly id: string;
      readonly recalledAt: string | null;
      readonly content: { readonly text?: string } | null;
    }[];
  };
}

async function checkUser(app: WalkApp, user: string, isPaged: boolean): Promise<void> {
  const where = `${app.name} ${user}`;
  const appId = `App:${app.name}`;
  const { viewer } = dataOf(`${where}: the screen`, await app.as(user, screen, { appId }));
  const { blocklist, groups } = viewer.account;
  const conversations: readonly SeenConversation[] = viewer.account.conversations.nodes;

  const blocked = (blocklist.blocks.nodes as { user: { vendorId: string } }[]).map((block) => block.user.vendorId);
  const blocks = [...(app.model.blocks.get(user) ?? [])];
  ensureEqual(`${where} blocks`, blocked.toSorted(), blocks.toSorted());
  ensureCount(`${where} blocks`, blocklist.blocks.totalCount, blocks.length);
  const vendorIds = (groups.nodes as { vendorId: string }[]).map(({ vendorId }) => vendorId);
  const own = app.model.spacesOf('group').filter((group) => app.model.isIn(user, group));
  ensureEqual(`${where} groups`, vendorIds.toSorted(), own.map(({ id }) => id).toSorted());
  ensureCount(`${where} groups`, groups.totalCount, own.length);

  const listed = conversations.map(({ id }) => id);
  checkList(app, user, listed);
  if (isPaged) await checkPages(app, user, listed, blocklist.blocks.nodes);
  ensureEqual(
    `${where} Viewer.conversations`,
    viewer.conversations.nodes,
    conversations.map(({ id }) => ({ id })),
  );
  for (const conversation of app.model.listOf(user)) {
    const seen = conversations.find(({ id }) => id === app.ids.conversation(conversation));
    if (seen) checkConversation(app, seen, conversation);
  }
}

async function checkPages(app: WalkApp, user: string, listed: readonly string[], blocks: unknown): Promise<void> {
  const where = `${app.name} ${user}`;
  const appId = `App:${app.name}`;
  const byPages = await everyPage(async (after) => {
    const page = dataOf(where, await app.as(user, blocksPage, { appId, after }));
    return page.viewer.account.blocklist.blocks;
  });
  ensureEqual(`${where} blocks by pages`, byPages, blocks);

  const pages = await everyPage<{ readonly id: string }>(async (after) => {
    const page = dataOf(where, await app.as(user, listPage, { appId, after }));
    return page.viewer.account.conversations;
  });
  ensureEqual(
    `${where} conversations by pages`,
    pages.map(({ id }) => id),
    listed,
  );
}

/** The list has what it should have, in its order, and nothing else. */
function checkList(app: WalkApp, user: string, listed: readonly string[]): void {
  const { model, ids } = app;
  const own = [...model.conversations.values()].filter(({ owner }) => owner === user);
  const maybe = new Set(
    model
      .spacesOf('group')
      .filter((group) => model.isIn(user, group) && model.conversation(user, group).isListed === 'maybe')
      .map((peer) => ids.conversation({ owner: user, peer: { kind: 'group', id: peer.id } })),
  );
  const wanted = model.listOf(user).map((each) => ids.conversation(each));
  const orders = new Map(own.map((each) => [ids.conversation(each), each.order]));
  ensureEqual(
    `${app.name} ${user} conversations`,
    withoutTies(
      listed.filter((id) => !maybe.has(id)),
      orders,
    ),
    withoutTies(wanted, orders),
  );
}

/** What one act did to several conversations may come in any order. */
function withoutTies(listed: readonly string[], orders: ReadonlyMap<string, number>): readonly string[] {
  const runs: string[][] = [];
  for (const id of listed) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && orders.get(last[0]) === orders.get(id)) last.push(id);
    else runs.push([id]);
  }
  return runs.flatMap((run) => run.toSorted());
}

function checkConversation(app: WalkApp, seen: SeenConversation, wanted: ModelConversation): void {
  const where = `${app.name} ${wanted.owner} ${seen.id}`;
  if (wanted.unread !== 'unknown') ensureEqual(`${where} unreadCount`, seen.unreadCount, wanted.unread);
  if (seen.isPinned !== null) ensureEqual(`${where} isPinned`, seen.isPinned, wanted.isPinned);
  const shown = wanted.messages.filter(({ clearedFor }) => !clearedFor.has(wanted.owner));
  const before = wanted.hasBefore
    ? app.model.messagesIn(wanted.peer).filter(({ clearedFor }) => !clearedFor.has(wanted.owner))
    : shown;
  const textsOf = (messages: readonly ModelMessage[]) =>
    messages.filter(({ isRecalled }) => !isRecalled).map(({ text }) => text);
  const sure = textsOf(shown).toReversed();
  const possible = textsOf(before).toReversed();
  const texts = seen.messages.nodes
    .filter(({ recalledAt }) => recalledAt === null)
    .flatMap(({ content }) => content?.text ?? []);
  ensureEqual(
    `${where} messages`,
    texts.filter((text) => sure.includes(text) || !possible.includes(text)),
    sure,
  );
  ensureEqual(
    `${where} messages in their order`,
    texts,
    possible.filter((text) => texts.includes(text)),
  );
  note(seen, before);
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
