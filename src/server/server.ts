import type { AddressInfo } from 'node:net';
import { withDefaults } from '../bounds.ts';
import { type Clock, sleep } from '../clock.ts';
import { networksOf } from '../networks.ts';
import { serveCallbacks } from './callbacks-route.ts';
import { serveGraphql } from './graphql-route.ts';
import { serveHealth } from './health.ts';
import { makeHttp } from './http.ts';
import { JoinedWrites } from './joined-writes.ts';
import { Lifecycle } from './lifecycle.ts';
import { LiveGroups } from './live-groups.ts';
import { serveMetrics } from './metrics.ts';
import { Operations } from './operation.ts';
import type { ServerOptions } from './options.ts';
import { type Held, Places } from './places.ts';
import { RequestLog } from './request-log.ts';
import { serveSchema } from './schema-route.ts';
import { serveEventStreams } from './sse.ts';
import { serveWebSockets } from './websocket.ts';

export type { CallbackHttpRequest, ServerOptions } from './options.ts';

export interface RunningServer {
  /** Without a path, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /**
   * Not ready at once, and everything is still served for `drainDelayMs`. Then no new connections; sockets are closed with 1001 and
   * event streams end, without `complete`, so that clients subscribe again elsewhere; requests, queries and mutations that run have
   * `drainMs`. Fulfilled when nothing is left. Calling it again gives the same promise.
   */
  stop(): Promise<void>;
  /** What callers hold of it now. */
  held(): Held;
  /** Streams at the live end, and the groups that they share executions in. */
  groups(): { readonly groups: number; readonly members: number };
}

/** Starts to listen. Rejects when the address cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const bounds = withDefaults(options.bounds);
  const lifecycle = new Lifecycle();
  const proxies = networksOf(options.trustedProxies ?? []);
  const operations = new Operations({ ...options, bounds });
  const shared = {
    ...options,
    bounds,
    lifecycle,
    operations,
    proxies,
    requests: new RequestLog(options.log, options.clock),
    places: new Places(bounds, proxies),
    writes: new JoinedWrites(options.clock),
    groups: options.hub && new LiveGroups(options.hub, operations, options.schema, options.clock),
  };
  const http = makeHttp(shared);
  serveHealth(http, options.isReady, lifecycle);
  serveSchema(http, options);
  const groups = () => shared.groups?.counts ?? { groups: 0, members: 0 };
  serveMetrics(http, options.metrics, options.verifyToken, () => ({ ...groups(), ...shared.places.held }));
  await serveCallbacks(http, shared);
  const stopApollo = await serveGraphql(http, shared);
  const streams = await serveEventStreams(http, shared);
  await http.ready();
  shared.places.watch(http.server);
  const sockets = serveWebSockets(http.server, shared);
  await http.listen({ host: options.host, port: options.port });

  const stop = async () => {
    lifecycle.phase = 'leaving';
    if (bounds.drainDelayMs > 0) await sleep(options.clock, bounds.drainDelayMs);
    lifecycle.phase = 'stopping';
    const closed = http.close();
    streams.close();
    sockets.close();
    await within(options.clock, bounds.drainMs, lifecycle.idle());
    await Promise.all([streams.cut(), sockets.cut()]);
    http.server.closeAllConnections();
    await closed;
    await stopApollo();
  };
  let stopping: Promise<void> | null = null;
  return {
    url: urlOf(options.host, http.server.address()),
    stop() {
      stopping ??= stop();
      return stopping;
    },
    groups,
    held: () => shared.places.held,
  };
}

/** Waits for `work`, for `limitMs` at most. */
async function within(clock: Clock, limitMs: number, work: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancel = clock.schedule(limitMs, over.resolve);
  await Promise.race([work, over.promise]);
  cancel();
}

function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
