import { describe, expect, test } from 'vitest';
import { settled } from '../../support/messages.ts';
import { type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const send =
  'mutation ($to: [ID!]!, $text: String!) { sendMessage(input: { to: $to, content: { text: { text: $text } } }) { results { ok } } }';
const page = 'pageInfo { hasNextPage endCursor }';
const history = /* GraphQL */ `
  query ($id: ID!, $after: String) {
    node(id: $id) { ... on Conversation { messages(first: 3, after: $after) {
      nodes { id sentAt content { ... on TextContent { text } } } knownSince ${page}
    } } }
  }
`;
const inbox = /* GraphQL */ `
  query ($id: ID!, $after: String) { user(id: $id) { conversations(first: 2, after: $after) { nodes { id } ${page} } } }
`;

interface Page {
  readonly nodes: readonly {
    readonly id: string;
    readonly sentAt?: string;
    readonly content?: { readonly text?: string };
  }[];
  readonly knownSince?: string | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every page of a list, with something done after each. */
async function pagesOf(
  read: (after: string | null) => Promise<Page>,
  meanwhile: () => Promise<unknown>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let after: string | null = null; pages.length < 40; ) {
    const got: Page = await read(after);
    pages.push(got);
    if (!got.pageInfo.hasNextPage) break;
    after = got.pageInfo.endCursor;
    await meanwhile();
    await settled(scene.gateway);
  }
  return pages;
}

const idsOf = (pages: readonly Page[]) => pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));

describe.each(ruleApps)('%s', (_, at: RuleApp) => {
  const say = async (from: string, to: string, text: string) =>
    (await scene.as(from))(send, { to: [at.user(to)], text });

  test('a history that is read while others write gives each message once, in order', async () => {
    const dave = await scene.as('dave');
    for (let index = 0; index < 12; index += 1)
      await say(index % 2 ? 'dave' : 'carol', index % 2 ? 'carol' : 'dave', `said ${index}`);
    await settled(scene.gateway);
    let later = 0;
    const pages = await pagesOf(
      async (after) => (await dave(history, { id: `Conversation:${at.app}:dave:direct:carol`, after })).node.messages,
      () => say('carol', 'dave', `later ${later++}`),
    );
    const texts = pages
      .flatMap(({ nodes }) => nodes.map(({ content }) => content?.text))
      .filter((text) => text?.startsWith('said'));
    expect(texts).toEqual(Array.from({ length: 12 }, (__, index) => `said ${11 - index}`));
    expect(new Set(idsOf(pages)).size).toBe(idsOf(pages).length);
    const { sentAt } = pages.at(-1)?.nodes.at(-1) ?? {};
    // Where the vendor's history is not read the list says how far it reaches.
    for (const { knownSince } of pages) expect([null, sentAt]).toContain(knownSince);
  });

  test('an inbox that is read while others write gives no conversation twice, and loses none that nothing happens in', async () => {
    const bob = await scene.as('bob');
    const partners = ['alice', 'carol', 'dave', 'user50', 'user51', 'user52', 'user53'];
    for (const partner of partners) await say('bob', partner, 'hello');
    await settled(scene.gateway);
    const read = async (after: string | null): Promise<Page> =>
      (await bob(inbox, { id: at.user('bob'), after })).user.conversations;
    const before = idsOf(await pagesOf(read, async () => {}));
    const quiet = before.filter((id) => !id.endsWith(':user50'));
    const pages = await pagesOf(read, () => say('user50', 'bob', 'again'));
    expect(new Set(idsOf(pages)).size).toBe(idsOf(pages).length);
    expect(idsOf(pages).filter((id) => quiet.includes(id))).toEqual(quiet);
  });

  test('members are listed each once while those seen are taken out of the group', async () => {
    const members = ['user11', 'user12', 'user13', 'user14', 'user15', 'user16', 'user17'];
    const make = 'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id } } }';
    const input = {
      appId: `App:${at.app}`,
      name: 'Leaving',
      ownerId: at.user('alice'),
      memberIds: members.map(at.user),
      ...((await at.supports(scene, 'CreateGroupInput.vendorId')) && { vendorId: 'leaving' }),
    };
    const { id } = (await scene.operate(make, { input })).createGroup.group;
    const list = `query ($id: ID!, $after: String) { group(id: $id) { members(first: 2, after: $after) { nodes { user { id } } ${page} } } }`;
    const remove = 'mutation ($input: RemoveMembersInput!) { removeMembers(input: $input) { results { ok } } }';
    let shown: string[] = [];
    const pages = await pagesOf(
      async (after) => {
        const { nodes, pageInfo } = (await scene.operate(list, { id, after })).group.members;
        shown = nodes.map(({ user }: { user: { id: string } }) => user.id);
        return { nodes: shown.map((userId) => ({ id: userId })), pageInfo };
      },
      async () => {
        const userIds = shown.filter((userId) => userId !== at.user('alice'));
        if (userIds.length > 0) await scene.operate(remove, { input: { spaceId: id, userIds } });
      },
    );
    expect(idsOf(pages).toSorted()).toEqual(['alice', ...members].map(at.user).toSorted());
  });
});
