import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmulatedApp } from '../../src/emulator/vendor.ts';
import { emulator as vendor } from '../../src/vendors/easemob/emulator/index.ts';
import { type EasemobBench, easemobBench, easemobCredentials } from '../support/easemob.ts';

let bench: EasemobBench;
let app: EmulatedApp;
beforeAll(async () => {
  bench = await easemobBench();
  const [main] = bench.emulator.apps;
  if (!main) throw new Error('no app');
  app = main;
});
afterAll(() => bench.emulator.stop());

function made(id: string, fields: Record<string, unknown> = {}) {
  const callback = vendor.makeCallback?.(id, fields, app);
  if (!callback) throw new Error('made none');
  const text = callback.request('http://h', 0).body;
  return { callback, text, body: JSON.parse(text) };
}

const { callbacks } = vendor.catalogue;
const unsigned = ['easemob.callback.reaction', 'easemob.callback.thread'];

/** The names of a body's fields, dotted; of lists only the first element. */
function namesOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.length > 0 ? namesOf(value[0], `${prefix}[]`) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [Array.isArray(inner) ? `${path}[]` : path, ...namesOf(inner, path)];
  });
}

/** Named by the catalogue, a part of what it names an object, or what its dotted names are parts of. */
function isDocumented(id: string, name: string): boolean {
  const fields = callbacks.find((each) => each.id === id)?.fields ?? [];
  const plain = (path: string) => path.replaceAll('[]', '');
  return fields.some(
    (field) =>
      plain(field.name) === plain(name) ||
      plain(field.name).startsWith(`${plain(name)}.`) ||
      (/object/.test(field.type) && plain(name).startsWith(`${plain(field.name)}.`)),
  );
}

test.each(callbacks.map(({ id }) => id))('%s has the fields of the documents, is of now, and is signed', (id) => {
  const { body, text } = made(id);
  expect(namesOf(body).filter((name) => !isDocumented(id, name))).toEqual([]);
  expect(text).not.toMatch(/org#app_org|\bu[123]\b|SIGNATURE/);
  expect(body.timestamp).toBe(bench.clock.now());
  if (unsigned.includes(id)) {
    expect(body).not.toHaveProperty('security');
    expect(body).not.toHaveProperty('callId');
    return;
  }
  const signed = `${body.callId}${easemobCredentials.callbackSecret}${body.timestamp}`;
  expect(body.security).toBe(createHash('md5').update(signed).digest('hex'));
  expect(body.callId).toMatch(/^org#app_/);
});

test('each is another, and its retries are the same to the byte', () => {
  const { callback, text, body } = made('easemob.callback.muc.kick');
  expect(callback.request('http://h', 99).body).toBe(text);
  expect(made('easemob.callback.muc.kick').body.callId).not.toBe(body.callId);
});

test('fields take the place of the example’s at any depth, or leave it out', () => {
  const { body } = made('easemob.callback.groupOp.mute.add', {
    id: '7',
    'payload.member': ['x'],
    'payload.expire_timestamp': undefined,
    'payload.deep.er': 1,
    timestamp: 1_700_000_000_001,
  });
  expect(body).toMatchObject({
    id: '7',
    timestamp: 1_700_000_000_001,
    payload: { member: ['x'], type: 'ADD', deep: { er: 1 } },
  });
  expect(body.payload).not.toHaveProperty('expire_timestamp');
  const { body: sent } = made('easemob.callback.message.user', { 'payload.bodies.0.msg': 'other' });
  expect(sent.payload.bodies).toEqual([{ msg: 'other', type: 'txt' }]);
});

test('one that the catalogue does not have is an error that names those it has', () => {
  expect(() => made('easemob.callback.muc.dance')).toThrow(/no callback .*muc\.kick/);
});
