import type { Subscription, TestGateway } from './gateway.ts';

/** A subscription that begins at a known place, so that nothing has to be waited for before something happens. */
export interface Followed {
  /** The first event from here on that fits; those before it are kept in `seen`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read events by the shape of their own query
  until(fits: (event: any) => boolean, timeoutMs?: number): Promise<any>;
  /** Every event taken so far. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly seen: any[];
  close(): Promise<void>;
}

const gaps = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { cursor } }
`;

/** A place in the apps' logs before everything that is in them: an unknown life of the log is answered by a gap at once. */
export async function beginning(gateway: TestGateway, apps: readonly string[]): Promise<string> {
  const places = apps.map((app) => [app, 'another life', 0]);
  const after = Buffer.from(JSON.stringify(places)).toString('base64url');
  const stream = gateway.subscribe(await gateway.operator(), gaps, {
    filter: { appIds: apps.map((app) => `App:${app}`), types: ['UNKNOWN'] },
    after,
  });
  let cursor = '';
  for (const _ of apps) cursor = (await stream.next()).data.events.cursor;
  await stream.close();
  return cursor;
}

/** Follows a stream whose one root field takes `after`, from the beginning of the apps' logs. */
export async function follow(
  gateway: TestGateway,
  apps: readonly string[],
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Followed> {
  const after = await beginning(gateway, apps);
  const stream: Subscription = gateway.subscribe(token, query, { ...variables, after });
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const seen: any[] = [];
  return {
    seen,
    async until(fits, timeoutMs = 5000) {
      for (;;) {
        const { data, errors } = await stream.next(timeoutMs);
        if (errors) throw new Error(JSON.stringify(errors));
        const [event] = Object.values(data);
        seen.push(event);
        if (fits(event)) return event;
      }
    },
    close: () => stream.close(),
  };
}
