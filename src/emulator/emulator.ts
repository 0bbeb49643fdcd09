import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, sleep, systemClock } from '../clock.ts';
import type { CatalogueEndpoint } from '../net/catalogue.ts';
import { CallbackSender } from './callback-sender.ts';
import { control, type EndpointCount, sendAsClient } from './control.ts';
import { EmulatorFailure } from './failure.ts';
import { type Fault, FaultSwitches } from './faults.ts';
import { EmulatorLimits } from './limits.ts';
import { decodeParams } from './params.ts';
import { Router } from './router.ts';
import { EmulatedState } from './state.ts';
import type { ClientMessage, EmulatedApp, EmulatorVendor, Settlement } from './vendor.ts';
import type { Params, WireReply, WireRequest } from './wire.ts';

/** What an operator would set up at the vendor for one app. */
export interface EmulatedAppOptions {
  readonly name: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly switches?: readonly string[];
  readonly callbackUrl?: string | null;
}

export interface EmulatorOptions {
  readonly apps: readonly EmulatedAppOptions[];
  /** 0 for any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Whether the apps begin with the demo's data, also after a reset. */
  readonly demo?: boolean;
  /** A reset and a start leave limits on; false lets everything through. */
  readonly limits?: boolean;
}

export interface Emulator {
  /** Without a slash at the end. Loopback only. */
  readonly url: string;
  readonly apps: readonly EmulatedApp[];
  readonly stats: ReadonlyMap<string, EndpointCount>;
  readonly callbacks: CallbackSender;
  /** The same as `POST /_emulator/faults`. */
  setFaults(faults: readonly Fault[]): void;
  /**
   * Tells of every message that the apps keep once more, the oldest first, as if callbacks had been on from the start:
   * that is how a gateway that keeps its index in memory learns the demo's history.
   */
  retell(): void;
  /** Sends as a client of the vendor's SDK in the app of that name; the same as `POST /_emulator/events` with a message. */
  send(message: ClientMessage, appName?: string): Promise<Settlement>;
  /** Sends any callback of the catalogue; the same as `POST /_emulator/events` with a callback. */
  fire(id: string, fields?: Readonly<Record<string, unknown>>, appName?: string): void;
  /** Forgets state, counts, faults and used limits; seeds the demo again. */
  reset(): void;
  stop(): Promise<void>;
}

const maxBodyBytes = 12 * 1024 * 1024;

/** Serves one vendor's server API on loopback, for as many apps as given. */
export async function startEmulator(vendor: EmulatorVendor, options: EmulatorOptions): Promise<Emulator> {
  const clock = options.clock ?? systemClock;
  const callbacks = new CallbackSender(vendor, clock);
  const faults = new FaultSwitches();
  const limits = new EmulatorLimits(vendor, clock);
  const router = new Router(vendor.catalogue.endpoints);
  const stats = new Map<string, EndpointCount>();

  const makeApp = (each: EmulatedAppOptions): EmulatedApp => {
    const app: EmulatedApp = {
      name: each.name,
      credentials: each.credentials,
      switches: new Set(each.switches),
      callbackUrl: each.callbackUrl ?? null,
      state: new EmulatedState(clock, (event) => {
        for (const callback of vendor.callbacksFor(event, app)) callbacks.send(callback, app);
        vendor.follow?.(event, app, clock);
      }),
    };
    return app;
  };
  const seed = (app: EmulatedApp) => {
    if (!options.demo) return;
    const url = app.callbackUrl;
    app.callbackUrl = null;
    vendor.seedDemo(app);
    app.callbackUrl = url;
  };
  const apps = options.apps.map(makeApp);
  for (const app of apps) seed(app);

  const appNamed = (name: string | undefined): EmulatedApp => {
    const app = apps.find((each) => name === undefined || each.name === name);
    if (!app) throw new Error(`the emulator has no app ${name}`);
    return app;
  };

  const reset = () => {
    apps.forEach((app, index) => {
      const url = app.callbackUrl;
      // What the old state still does by its timers must not be heard.
      app.callbackUrl = null;
      const fresh = options.apps[index];
      if (fresh) apps[index] = makeApp({ ...fresh, callbackUrl: url });
    });
    for (const app of apps) seed(app);
    faults.set([]);
    limits.reset();
    stats.clear();
    callbacks.reset();
  };

  const count = (endpoint: CatalogueEndpoint) => {
    const entry = stats.get(endpoint.id) ?? { calls: 0, refusals: 0, overLimit: 0, batches: {} };
    stats.set(endpoint.id, entry);
    return entry;
  };

  /** The ladder of refusals, in the order of how early the vendor could know. */
  const answer = async (request: WireRequest, cut: () => void): Promise<WireReply | null> => {
    if (request.path.startsWith('/_emulator/')) {
      return control(request, { vendor, apps, faults, callbacks, stats, reset });
    }
    const app = vendor.findApp(request, apps);
    if ('status' in app) return app;
    const matches = router.match(request);
    const first = matches[0];
    if (!first) return vendor.unknownEndpoint(request);
    const chosen =
      vendor.choose?.(
        matches.map((match) => match.endpoint),
        request,
      ) ?? first.endpoint;
    const { endpoint, pathParams } = matches.find((match) => match.endpoint === chosen) ?? first;
    const counted = count(endpoint);
    counted.calls += 1;
    const fault = faults.next(endpoint.id);
    if (fault.delayMs > 0) await sleep(clock, fault.delayMs);
    const refuse = (reply: WireReply) => {
      counted.refusals += 1;
      return reply;
    };
    const unauthorized = vendor.authenticate(request, app, endpoint, clock);
    if (unauthorized) return refuse(unauthorized);
    const trouble = spoil(fault.kind, vendor, endpoint, cut);
    if (trouble !== undefined) return trouble && refuse(trouble);
    const prepared = vendor.prepare?.(request, endpoint) ?? request;
    const decoded = decodeParams(endpoint, prepared, pathParams, vendor);
    if ('problem' in decoded) return refuse(vendor.refuseParams(decoded.problem, endpoint, request));
    const outOfBounds = vendor.checkParams?.(decoded.params, endpoint, request);
    if (outOfBounds) return refuse(outOfBounds);
    const spent = options.limits === false ? undefined : limits.charge(app.name, endpoint, decoded.params);
    if (spent) {
      counted.overLimit += 1;
      return refuse(vendor.overLimit(endpoint, spent));
    }
    const size = batchSize(endpoint, decoded.params, vendor.lists);
    counted.batches[size] = (counted.batches[size] ?? 0) + 1;
    const handler = vendor.handlers[endpoint.id];
    if (!handler) return refuse({ status: 501, body: { error: `the emulator does not serve ${endpoint.id} yet` } });
    const context = { app, state: app.state, clock, endpoint, request };
    try {
      const reply = vendor.succeed(handler(decoded.params, context), context);
      if (fault.kind === 'reset') cut();
      if (fault.kind === 'garbage') return { status: 200, body: '{"broken":' };
      return reply;
    } catch (error) {
      if (error instanceof EmulatorFailure) return refuse(error.reply);
      throw error;
    }
  };

  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, outgoing) => {
    void serve(incoming, outgoing, async (request, cut) => {
      const reply = await answer(request, cut);
      return reply && !request.path.startsWith('/_emulator/') ? (vendor.finish?.(reply, request) ?? reply) : reply;
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apps,
    stats,
    callbacks,
    setFaults: (list) => faults.set(list),
    reset,
    send: (message, appName) => sendAsClient(message, appNamed(appName), { vendor, callbacks }),
    fire(id, fields = {}, appName = undefined) {
      const app = appNamed(appName);
      if (!vendor.makeCallback) throw new Error('the emulator makes no callbacks by their id yet');
      callbacks.send(vendor.makeCallback(id, fields, app), app);
    },
    retell() {
      for (const app of apps) {
        const messages = [...app.state.messages.values()].sort((a, b) => a.sentAt - b.sentAt);
        for (const message of messages) {
          for (const callback of vendor.callbacksFor({ type: 'message.sent', messages: [message] }, app))
            callbacks.send(callback, app);
        }
      }
    },
    async stop() {
      callbacks.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The answer a fault gives before the request is done; null for a connection that was cut, undefined when it goes on. */
function spoil(
  kind: Fault['kind'],
  vendor: EmulatorVendor,
  endpoint: CatalogueEndpoint,
  cut: () => void,
): WireReply | null | undefined {
  switch (kind) {
    case 'error':
      return vendor.internalError(endpoint);
    case 'overLimit': {
      const limit = vendor.catalogue.limits.find((each) => each.id === endpoint.limits[0]?.bucket);
      return limit ? vendor.overLimit(endpoint, limit) : vendor.internalError(endpoint);
    }
    case 'unauthorized':
      return vendor.unauthorized(endpoint);
    case 'html':
      return {
        status: 502,
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
        headers: { 'content-type': 'text/html' },
      };
    case 'stall':
      return { status: 200, body: '{"half', headers: { 'x-emulator-stall': '1' } };
    case 'drop':
      cut();
      return null;
    default:
      return undefined;
  }
}

function batchSize(endpoint: CatalogueEndpoint, params: Params, lists: EmulatorVendor['lists']): number {
  const value = params[endpoint.batch?.param ?? ''];
  if (lists.comma && typeof value === 'string') return value.split(',').length;
  return Array.isArray(value) ? value.length : 1;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: WireRequest, cut: () => void) => Promise<WireReply | null>,
): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBodyBytes) {
        outgoing.writeHead(413).end();
        return;
      }
      chunks.push(chunk);
    }
    const [rawPath = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
    const reply = await answer(
      {
        method: incoming.method ?? 'GET',
        path: decodeURIComponent(rawPath),
        rawPath,
        query: new URLSearchParams(query),
        headers: incoming.headers as Record<string, string | undefined>,
        body: Buffer.concat(chunks),
      },
      () => incoming.socket.destroy(),
    );
    if (reply === null || incoming.socket.destroyed) return;
    const isText = typeof reply.body === 'string';
    const text = isText ? (reply.body as string) : JSON.stringify(reply.body);
    const headers = { 'content-type': 'application/json; charset=utf-8', ...reply.headers };
    if (reply.headers?.['x-emulator-stall']) {
      outgoing.writeHead(reply.status, { ...headers, 'content-length': '1000' });
      outgoing.write(text);
      return;
    }
    outgoing.writeHead(reply.status, headers).end(text);
  } catch (error) {
    if (!outgoing.headersSent)
      outgoing.writeHead(500).end(`emulator fault: ${error instanceof Error ? error.stack : error}`);
  }
}
