import type { WalkApp } from './scene.ts';

const waitMs = 15_000;

/** What each viewer heard is what it should hear, in order and once; of those who are connected also everything. */
export async function checkStreams(app: WalkApp): Promise<void> {
  await Promise.all(app.model.users.map((user) => checkStream(app, user)));
}

async function checkStream(app: WalkApp, user: string): Promise<void> {
  const viewer = app.viewers.get(user);
  const until = Date.now() + waitMs;
  while (viewer) {
    const missing = hear(app, user);
    if (missing.length === 0 || !viewer.isConnected) return;
    if (Date.now() > until)
      throw new Error(`${app.name} ${user} did not hear ${JSON.stringify(missing.slice(0, 5))} in ${waitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Compares what a viewer heard since the last time. Returns what is still missing. */
export function hear(app: WalkApp, user: string): readonly string[] {
  const viewer = app.viewers.get(user);
  const expected = app.model.expected.get(user);
  if (!viewer || !expected) return [];
  for (const line of viewer.takeHeard()) {
    const problem = expected.take(line);
    if (problem !== null) throw new Error(`${app.name} ${user}: ${problem}`);
  }
  if (viewer.refused > 0 && app.holds('who leaves a space, or whose space is deleted, can read that event'))
    throw new Error(`${app.name} ${user}: ${viewer.refused} events that it may not read`);
  for (const message of app.model.messages)
    message.id ??= viewer.ids.get(`${message.to.kind} ${message.to.id} ${message.text}`) ?? null;
  return expected.missing;
}
