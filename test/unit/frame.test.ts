import { PassThrough, type Writable } from 'node:stream';
import { expect, test } from 'vitest';
import * as ws from 'ws';

import { nextFrame, nextPrefix, SharedPayload, SharedPayloads } from '../../src/server/frame.ts';
import { JoinedWrites } from '../../src/server/joined-writes.ts';
import { Holding, Share } from '../../src/server/share.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** What a WebSocket client reads from bytes. */
async function read(bytes: Buffer): Promise<readonly string[]> {
  // Public, though its types do not say so.
  const { Receiver } = ws as unknown as { readonly Receiver: new (options: object) => Writable };
  const receiver = new Receiver({ isServer: false, maxPayload: 0, skipUTF8Validation: false });
  const texts: string[] = [];
  receiver.on('message', (data: Buffer) => texts.push(String(data)));
  await new Promise<void>((resolve, reject) => {
    receiver.on('error', reject);
    receiver.write(bytes, () => resolve());
  });
  // It gives one message in a turn.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return texts;
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a message of %i bytes is one whole frame',
  async (length) => {
    const payload = Buffer.from('x'.repeat(Math.max(0, length - 2)));
    const [text] = await read(nextFrame(length > 1 ? 'y' : '', payload));
    const expected = `${length > 1 ? 'y' : ''}${payload}}`;
    expect(text).toBe(expected);
    if (length > 1) expect(text?.length).toBe(length);
  },
);

test.each(['1', 'ein "langer" Schlüssel', '漢字\u2028', '\ud800'])(
  'the id %j comes back as it was given',
  async (id) => {
    const shared = new SharedPayloads([new SharedPayload({ data: { text: 'ü' } })]);
    const [text] = await read(shared.framed(nextPrefix(id), nextFrame));
    expect(JSON.parse(text ?? '')).toEqual({ id, type: 'next', payload: { data: { text: 'ü' } } });
  },
);

test('a payload is serialised once, and framed once for each of a few ids', () => {
  let count = 0;
  const data = {
    toJSON: () => {
      count += 1;
      return {};
    },
  };
  const shared = new SharedPayloads([new SharedPayload({ data } as never)]);
  const first = shared.framed(nextPrefix('1'), nextFrame);
  expect(shared.framed(nextPrefix('1'), nextFrame)).toBe(first);
  for (let id = 2; id < 20; id += 1) shared.framed(nextPrefix(`${id}`), nextFrame);
  expect(count).toBe(1);
});

/** A writer whose writes are recorded. */
function recorded() {
  const clock = new FakeClock();
  const socket = new PassThrough();
  const writes: string[] = [];
  socket.on('data', (bytes) => writes.push(String(bytes)));
  let isOpen = true;
  const unsent = new Holding(new Share({ what: 'bytes', perAddress: 1e6, total: 1e6 }), 'here');
  const writer = new JoinedWrites(clock).writer(socket, { isOpen: () => isOpen, unsent });
  return {
    clock,
    writes,
    writer,
    write: (text: string) => writer.write(Buffer.from(text)),
    close: () => (isOpen = false),
  };
}

test('the first frame goes at once, what follows within 20 ms as one write, in order', async () => {
  const { clock, writes, write } = recorded();
  for (const text of ['a', 'b', 'c']) write(text);
  await clock.advance(0);
  expect(writes).toEqual(['a']);
  await clock.advance(20);
  expect(writes).toEqual(['a', 'bc']);
  write('d');
  await clock.advance(19);
  expect(writes).toEqual(['a', 'bc']);
  await clock.advance(1);
  expect(writes).toEqual(['a', 'bc', 'd']);
  await clock.advance(100);
  write('e');
  await clock.advance(0);
  expect(writes).toEqual(['a', 'bc', 'd', 'e']);
});

test('16 KiB do not wait, and a flush writes what waits', async () => {
  const { clock, writes, writer, write } = recorded();
  write('a');
  write('x'.repeat(16 * 1024));
  await clock.advance(0);
  expect(writes.map((each) => each.length)).toEqual([1, 16 * 1024]);
  write('b');
  writer.flush();
  await clock.advance(0);
  expect(writes.at(-1)).toBe('b');
  expect(writer.unsentBytes).toBe(0);
});

test('nothing is written after the closing handshake has begun', async () => {
  const { clock, writes, write, close } = recorded();
  write('a');
  write('b');
  close();
  write('c');
  await clock.advance(100);
  expect(writes).toEqual(['a']);
});

test('payloads that go together are frames one after the other', async () => {
  const payloads = ['a', 'b', 'c'].map((text) => new SharedPayload({ data: { text } }));
  const texts = await read(new SharedPayloads(payloads).framed(nextPrefix('1'), nextFrame));
  expect(texts.map((text) => JSON.parse(text).payload.data.text)).toEqual(['a', 'b', 'c']);
  expect(new SharedPayloads([]).framed('', nextFrame)).toHaveLength(0);
});
