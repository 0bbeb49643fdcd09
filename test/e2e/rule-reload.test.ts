// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { vendors } from '../../src/vendors/index.ts';
import { freePort, GatewayProcess } from '../support/gateway-process.ts';
import { type CallbackSlug, post, signers } from '../support/signed-callbacks.ts';

/** Rules that change while the server runs, in a process of its own, by the questions of every vendor. */
const folder = mkdtempSync(join(tmpdir(), 'switchboard-reload-'));
const file = join(folder, 'switchboard.yaml');
const token = 'the-token-of-the-test-is-long';
let port = 0;
let server: GatewayProcess;
let serial = 0;

const rule = (keyword: string) => ({ name: 'words', keywords: [keyword], then: 'REFUSE' });

function write(rules: readonly object[], more: object = {}): void {
  const apps = Object.fromEntries(
    vendors.map(({ slug, demo }) => [
      slug,
      { vendor: slug, ...demo.config, baseUrls: ['http://127.0.0.1:9'], callbacks: { token }, decisions: { rules } },
    ]),
  );
  const general = { server: { host: '127.0.0.1', port }, auth: { secret: 'x'.repeat(32) } };
  writeFileSync(file, stringify({ ...general, ...more, apps }));
}

/** A question of each vendor about a text, and whether the answer is to deliver. */
const questions: Readonly<Record<CallbackSlug, (text: string, id: string) => ReturnType<typeof signers.zim>>> = {
  zim: (text, id) =>
    signers.zim({
      event: 'before_send_msg',
      request_id: id,
      from_user_id: 'bob',
      conv_type: 0,
      conv_id: 'alice',
      msg_type: 1,
      msg_body: text,
    }),
  rongcloud: (text, id) =>
    signers.rongcloud({
      fromUserId: 'bob',
      targetId: 'alice',
      msgType: 'RC:TxtMsg',
      content: JSON.stringify({ content: text }),
      channelType: 'PERSON',
      msgTimeStamp: Date.now(),
      messageId: id,
    }),
  easemob: (text, id) =>
    signers.easemob({
      chat_type: 'chat',
      from: 'bob',
      to: 'alice',
      msg_id: id,
      payload: { ext: {}, bodies: [{ type: 'txt', msg: text }] },
    }),
};
const delivers = { zim: { result: 0 }, rongcloud: { pass: 1 }, easemob: { valid: true } } as const;

/** Which vendors would deliver the text. */
async function deliveredBy(text: string): Promise<readonly string[]> {
  const slugs = Object.keys(questions) as CallbackSlug[];
  const answers = await Promise.all(
    slugs.map(async (slug) => {
      serial += 1;
      const reply = await post(`${server.url}/callbacks/${slug}/${token}`, questions[slug](text, `m${serial}`));
      expect(reply.status).toBe(200);
      const answer = (await reply.json()) as Record<string, unknown>;
      return Object.entries(delivers[slug]).every(([field, value]) => answer[field] === value) ? [slug] : [];
    }),
  );
  return answers.flat();
}
const all = ['zim', 'rongcloud', 'easemob'];

beforeAll(async () => {
  port = await freePort();
  write([rule('casino')]);
  server = new GatewayProcess(file, port);
  await server.start();
});
afterAll(async () => {
  await server.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

test('rules of the file hold after SIGHUP, at every vendor and without a restart', async () => {
  expect(await deliveredBy('a casino')).toEqual([]);
  expect(await deliveredBy('a bingo')).toEqual(all);
  write([rule('bingo')]);
  expect(await deliveredBy('a bingo')).toEqual(all);
  server.signal('SIGHUP');
  await server.says(/"rules have changed"/);
  expect(await deliveredBy('a casino')).toEqual(all);
  expect(await deliveredBy('a bingo')).toEqual([]);
});

test('a file that cannot be used leaves the rules as they are, and the log says where it is wrong', async () => {
  write([rule('lotto'), { name: 'bad', keywords: [' '], then: 'REFUSE' }]);
  server.signal('SIGHUP');
  const [line = ''] = await server.says(/the configuration cannot be used: the rules stay as they are/);
  expect(JSON.parse(line).problems).toContainEqual(
    expect.objectContaining({ path: 'apps.zim.decisions.rules[1].keywords[0]', line: expect.any(Number) }),
  );
  expect(await deliveredBy('a lotto')).toEqual(all);
  expect(await deliveredBy('a bingo')).toEqual([]);
});

test('a file that is no YAML any more leaves the rules as they are', async () => {
  writeFileSync(file, '{');
  server.signal('SIGHUP');
  await server.says(/the configuration cannot be used/, 2);
  expect(await deliveredBy('a bingo')).toEqual([]);
});

test('what else has changed is named without its value, and does not hold', async () => {
  write([rule('bingo')], { viewers: { addMembers: true }, auth: { secret: 'y'.repeat(32) } });
  server.signal('SIGHUP');
  const [line = ''] = await server.says(/need a restart/);
  expect(JSON.parse(line)).toMatchObject({ level: 'warn', settings: ['auth', 'viewers'] });
  expect(line).not.toContain('yyyy');
  await server.says(/"no rules have changed"/);
});
