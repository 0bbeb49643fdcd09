import { expect, test } from 'vitest';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { CallbackIntake } from '../../src/callbacks/intake.ts';
import type { ToldEvent } from '../../src/domain/event.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import type { CallbackContract } from '../../src/vendors/vendor.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** A vendor of whose one callback this server does not know the meaning until `isKnown`. */
function setUp() {
  const clock = new FakeClock();
  const log = new MemoryLog({ clock });
  const state = { isKnown: false };
  const contract: CallbackContract<unknown> = {
    signatures: 'unique',
    verify: ({ headers }) => ({ signature: headers['signature'] ?? '' }),
    read({ body }): { id: string; events: readonly ToldEvent[] } {
      const base = { dedupeKey: `key ${body}`, occurredAt: new Date(0) };
      const userId = body.slice('came '.length);
      return state.isKnown
        ? { id: 'x.presence', events: [{ ...base, payload: online(userId) }] }
        : { id: 'x.presence', events: [{ ...base, payload: { type: 'UNKNOWN', callback: 'presence' } }] };
    },
    acknowledgement: { status: 200, contentType: 'text/plain', body: '' },
  };
  const app = { name: 'app', contract, config: null, token: 'a-path-token', policy: null };
  const intake = new CallbackIntake({
    apps: [app],
    log,
    clock,
    refine: (_, told) => told,
    activity: new CallbackActivity(clock),
    onRefused: (error) => {
      throw error;
    },
    onLost: (error) => {
      throw error;
    },
  });
  const send = (body: string) =>
    intake.receive({
      app: 'app',
      token: 'a-path-token',
      remoteAddress: '127.0.0.1',
      method: 'POST',
      query: new URLSearchParams(),
      headers: { signature: body },
      body,
    });
  const all = async () => (await log.read('app', { ...log.top('app'), offset: 0 }, 100)).events;
  return { intake, log, state, send, all };
}

const online = (userId: string) =>
  ({ type: 'PRESENCE_CHANGED', userId, isOnline: true, cause: 'LOGIN', platform: null, sessionId: null }) as const;

test('what was not understood becomes an event once it is, and once only', async () => {
  const { intake, state, send, all } = setUp();
  await send('came bob');
  const [unknown] = await all();
  if (!unknown) throw new Error('nothing was kept');
  expect(await intake.replay('app', unknown)).toEqual([]);
  state.isKnown = true;
  const events = await intake.replay('app', unknown);
  expect(events.map(({ draft }) => [draft.payload, draft.subjects])).toEqual([
    [online('bob'), ['user:bob', 'to:user:bob']],
  ]);
  expect(await intake.replay('app', unknown)).toEqual([]);
  expect((await all()).map(({ draft }) => draft.payload.type)).toEqual(['UNKNOWN', 'PRESENCE_CHANGED']);
});

test('what the log has let go cannot be replayed', async () => {
  const { intake, log, send, all } = setUp();
  await send('came bob');
  const [unknown] = await all();
  if (!unknown) throw new Error('nothing was kept');
  await log.trim('app', unknown);
  await expect(intake.replay('app', unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(intake.replay('other', unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
