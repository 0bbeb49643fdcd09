import type { IncomingMessage, Server } from 'node:http';
import type { Bounds } from '../bounds.ts';
import { type Networks, readAddress, siteOf } from '../networks.ts';
import { remoteAddress } from './remote-address.ts';
import { Holding, Share } from './share.ts';

/** What all callers hold, for `/metrics`. */
export interface Held {
  /** Connections that are open. */
  readonly connections: number;
  /** HTTP requests without their answer. */
  readonly requests: number;
  /** WebSockets and event streams. */
  readonly streams: number;
  /** Bytes of requests under way and of answers that are not sent yet. */
  readonly bytes: number;
}

/**
 * The one account of what callers hold of this server, over every kind of request: HTTP, callbacks, event streams and WebSockets. An
 * address is the caller's, as trusted proxies tell it; of an IPv6 address its /64.
 */
export class Places {
  readonly #proxies: Networks;
  readonly #connections: Share;
  readonly #connectionsOfSites: Share;
  readonly #requests: Share;
  readonly #streams: Share;
  readonly #bytes: Share;
  readonly #running = new WeakMap<IncomingMessage, () => void>();
  readonly #holdings = new WeakMap<IncomingMessage, Holding>();

  constructor(bounds: Bounds, proxies: Networks) {
    const share = (what: string, perAddress: number, total: number, leavesRoom = false) =>
      new Share({ what, perAddress, total, leavesRoom });
    this.#proxies = proxies;
    this.#connections = share('connections', bounds.connections, bounds.connections);
    this.#connectionsOfSites = share('connections', bounds.connectionsPerAddress, bounds.connections);
    this.#requests = share('requests', bounds.requestsPerAddress, bounds.requests);
    this.#streams = share('streams', bounds.wsSocketsPerAddress, bounds.wsSockets);
    this.#bytes = share('bytes under way', bounds.heldBytesPerAddress, bounds.heldBytes, true);
  }

  get held(): Held {
    return {
      connections: this.#connections.held,
      requests: this.#requests.held,
      streams: this.#streams.held,
      bytes: this.#bytes.held,
    };
  }

  /** Closes connections beyond the bounds as they come, unread. Those of a trusted proxy count in total only: its requests have addresses. */
  watch(server: Server): void {
    server.on('connection', (socket) => {
      const address = readAddress(socket.remoteAddress ?? '') ?? '';
      const counted = [{ share: this.#connections, site: '' }];
      if (!this.#proxies(address)) counted.push({ share: this.#connectionsOfSites, site: siteOf(address) });
      if (counted.some(({ share, site }) => share.refusal(site))) return socket.destroy();
      for (const { share, site } of counted) share.add(site, 1);
      socket.once('close', () => {
        for (const { share, site } of counted) share.add(site, -1);
      });
    });
  }

  /** Counts an HTTP request until it ends. Throws a `Refusal` when there are too many. */
  beginRequest(request: IncomingMessage): void {
    this.#running.set(request, this.#requests.takeOne(this.#siteOf(request)));
  }

  /** May be called more than once. */
  endRequest(request: IncomingMessage): void {
    this.#running.get(request)?.();
  }

  /** Counts a socket or an event stream until the function it gives is called. Throws a `Refusal` when there are too many. */
  beginStream(request: IncomingMessage): () => void {
    return this.#streams.takeOne(this.#siteOf(request));
  }

  /** The bytes that a request holds: of its body, then of its answer. */
  bytesOf(request: IncomingMessage): Holding {
    const known = this.#holdings.get(request) ?? this.newBytes(request);
    this.#holdings.set(request, known);
    return known;
  }

  /** The bytes that something else holds which belongs to the caller of a request. */
  newBytes(request: IncomingMessage): Holding {
    return new Holding(this.#bytes, this.#siteOf(request));
  }

  #siteOf(request: IncomingMessage): string {
    return siteOf(remoteAddress(request, this.#proxies));
  }
}
