import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { beginning } from '../support/live-events.ts';
import { callsOf, chatApps, history, sendMessage, textTo } from '../support/messages.ts';

/** Rows 37, 42 and 43 of the design's table of bad inputs. */

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  // Sends in its own right, so that a send is one call everywhere: for viewers Easemob's blocklists are asked first.
  alice = await gateway.token({ scopes: ['chat:write'] });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterAll(() => gateway.stop());

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('37: a cursor of a stream', () => {
  const query =
    'subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) { __typename ... on GapEvent { cause } } }';
  const id = 'Conversation:zim-eu:alice:direct:bob';
  const first = async (after: string) => {
    const stream = gateway.subscribe(alice, query, { id, after });
    const answer = await stream.next();
    await stream.close();
    return answer;
  };

  test.each([
    ['garbage', 'garbage!'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['an object', cursorOf({ 'zim-eu': 1 })],
    ['an empty list', cursorOf([])],
    ['another app of the viewer', cursorOf([['rc-cn', 'x', 1]])],
    ["an app that is not the viewer's", cursorOf([['elsewhere', 'x', 1]])],
    ['an app called like a prototype', cursorOf([['__proto__', 'x', 1]])],
    ['an offset of 2^63', Buffer.from('[["zim-eu","x",9223372036854775808]]').toString('base64url')],
    ['a negative offset', cursorOf([['zim-eu', 'x', -1]])],
    ['half an offset', cursorOf([['zim-eu', 'x', 1.5]])],
    ['an offset as text', cursorOf([['zim-eu', 'x', '1']])],
    ['no epoch', cursorOf([['zim-eu', null, 1]])],
    ['too many places', cursorOf(Array.from({ length: 201 }, () => ['zim-eu', 'x', 1]))],
    ['ten kilobytes', 'a'.repeat(10_000)],
  ])('%s is BAD_CURSOR', async (_, after) => {
    const { errors } = await first(after);
    expect(errors[0].extensions).toMatchObject({ code: 'BAD_CURSOR', input: 'after' });
  });

  test('of another life of the log, or from its future, is told by a gap', async () => {
    const epoch = JSON.parse(Buffer.from(await beginning(gateway, ['zim-eu']), 'base64url').toString())[0][1];
    for (const place of [
      ['zim-eu', 'another life', 1],
      ['zim-eu', epoch, Number.MAX_SAFE_INTEGER],
    ]) {
      const { data } = await first(cursorOf([place]));
      expect(data.conversationEvents).toEqual({ __typename: 'GapEvent', cause: 'LOG_LOST' });
    }
  });
});

describe('37: a cursor of a list', () => {
  test.each([
    ['garbage', 'garbage!'],
    ['an empty list', cursorOf([])],
    ['the right form of another list', cursorOf(['AAAAAAAA', null, 20, 0])],
    ['a size of a million', cursorOf(['AAAAAAAA', null, 1_000_000, 0])],
    ['ten kilobytes', 'a'.repeat(10_000)],
  ])('%s is BAD_CURSOR before any history is read', async (_, after) => {
    for (const { app } of chatApps) {
      const { errors } = await history(gateway, alice, `Conversation:${app}:alice:direct:bob`, { after });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_CURSOR', input: 'after' });
    }
    expect(callsOf(gateway)).toEqual([]);
  });

  test('with its own tag and a changed place is refused or a page, never a fault', async () => {
    for (const { app } of chatApps) {
      const id = `Conversation:${app}:alice:direct:bob`;
      for (let index = 0; index < 3; index += 1)
        await sendMessage(gateway, alice, textTo(`User:${app}:bob`, `page ${index}`));
      await gateway.emulators.get(chatApps.find((each) => each.app === app)?.slug ?? '')?.callbacks.idle();
      const { data } = await history(gateway, alice, id, { first: 1 });
      const { endCursor } = data.node.messages.pageInfo;
      const next = await history(gateway, alice, id, { first: 1, after: endCursor });
      expect(next.data.node.messages.nodes).toHaveLength(1);
      const [tag] = JSON.parse(Buffer.from(endCursor, 'base64url').toString());
      for (const [position, size, skip] of [
        ['../..', 1, 0],
        ['9'.repeat(30), 1, 0],
        ['-1', 1, 0],
        ['1,,x\r\ny', 1, 0],
        ['', 1, 0],
        [null, 100, 99_999],
        [null, 0, 0],
        [null, 1, -1],
      ]) {
        const answer = await history(gateway, alice, id, { first: 1, after: cursorOf([tag, position, size, skip]) });
        const code = answer.errors?.[0]?.extensions['code'] ?? 'a page';
        expect(['BAD_CURSOR', 'BAD_USER_INPUT', 'a page'], `${app} ${position} ${code}`).toContain(code);
      }
    }
  });
});

const texts: readonly [string, string][] = [
  ['CR and LF', 'x\r\nX-Injected: 1\r\n\r\nGET / HTTP/1.1'],
  ['NUL', 'x\u0000y'],
  ['a lone surrogate', 'x\ud800y'],
  ['marks that turn the direction', '\u202egnp.exe\u2066'],
  ['a path', '../../../etc/passwd'],
  ['a path that is encoded', '..%2f..%2f%00'],
  ['a query', 'x&UserId[]=eve&AppId=1#frag?y=z'],
  ['JSON', '"},"to":["eve"],"x":{"y":"'],
  ['a script', '<script>alert(1)</script>'],
];

/** What a vendor takes no message with. */
const refusedTexts: readonly string[] = [];

describe.each(chatApps)('42: text that goes to $slug', ({ app, slug }) => {
  test.each(texts)('with %s arrives as it is, or is refused', async (name, text) => {
    const { data, errors } = await sendMessage(gateway, alice, textTo(`User:${app}:bob`, text));
    const code = errors?.[0]?.extensions['code'] ?? data.sendMessage.results[0].error?.code;
    expect(code).toBe(refusedTexts.includes(`${slug} ${name}`) ? 'BAD_USER_INPUT' : undefined);
    if (code) return;
    await gateway.emulators.get(slug)?.callbacks.idle();
    const page = await history(gateway, alice, `Conversation:${app}:alice:direct:bob`, { first: 1 });
    // Half of a surrogate pair is no character: it is U+FFFD.
    expect(page.data.node.messages.nodes[0].content.text).toBe(text.toWellFormed());
    expect(page.data.node.messages.nodes[0].to).toMatchObject({ id: `User:${app}:bob` });
  });

  test.each([...texts, ['a thousand letters', 'x'.repeat(1000)] as const])(
    'with %s in an id is one id, of nobody',
    async (_, text) => {
      const part = encodeURIComponent(text.toWellFormed());
      const names = await gateway.query(operator, 'query ($id: ID!) { user(id: $id) { name } }', {
        id: `User:${app}:${part}`,
      });
      const nameCode = names.errors?.[0]?.extensions['code'];
      if (nameCode) expect(['BAD_USER_INPUT', 'NOT_FOUND', 'VENDOR_REJECTED']).toContain(nameCode);
      else expect(names.data.user.name).toBeNull();
      for (const kind of ['Group', 'Chatroom']) {
        const query = `query ($id: ID!) { ${kind.toLowerCase()}(id: $id) { name members(first: 1) { nodes { user { id } } } } }`;
        const { data, errors } = await gateway.query(operator, query, { id: `${kind}:${app}:${part}` });
        expect(data?.[kind.toLowerCase()]?.name ?? null).toBeNull();
        for (const { extensions } of errors ?? [])
          expect(
            ['BAD_USER_INPUT', 'NOT_FOUND', 'VENDOR_REJECTED', 'FORBIDDEN', 'NOT_SUPPORTED'],
            JSON.stringify(extensions),
          ).toContain(extensions['code']);
      }
    },
  );

  test('a display name of 200 KB is refused by the bound of its field, and not sent', async () => {
    const input = { users: [{ id: `User:${app}:alice`, name: 'x'.repeat(200_000) }] };
    const update =
      'mutation ($input: UpdateUsersInput!) { updateUsers(input: $input) { results { ok error { code } } } }';
    const { data, errors } = await gateway.query(operator, update, { input });
    expect(errors?.[0]?.extensions['code'] ?? data.updateUsers.results[0].error.code).toBe('BAD_USER_INPUT');
  });
});

describe.each(chatApps)('43: a URL at $slug', ({ app }) => {
  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/inside',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'javascript:alert(1)',
    'http://[::1]/',
  ])('%s is passed on as text, and fetched by nobody here', async (url) => {
    const content = { file: { url, name: 'a.bin' } };
    const { data, errors } = await sendMessage(gateway, alice, { to: [`User:${app}:bob`], content });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.message.content).toMatchObject({ __typename: 'FileContent', url });
    expect(callsOf(gateway)).toHaveLength(1);
  });

  test('that is none, or of more than 2048 characters, is refused', async () => {
    for (const url of ['', 'no url', '//host/path', `https://x/${'y'.repeat(2048)}`, 7]) {
      const { errors } = await sendMessage(gateway, alice, { to: [`User:${app}:bob`], content: { file: { url } } });
      expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    }
    expect(callsOf(gateway)).toEqual([]);
  });
});
