import { timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { Clock } from '../clock.ts';
import type { DraftEvent, ToldEvent } from '../domain/event.ts';
import { subjectsOf } from '../domain/subject.ts';
import { AppError, toAppError } from '../errors.ts';
import type { EventLog } from '../events/log.ts';
import type { CallbackContract, CallbackRequest } from '../vendors/vendor.ts';

/** Makes of a draft what only a look at earlier events can tell: a message that is told again with other content was edited. */
export type Refine = (app: string, told: ToldEvent) => ToldEvent;

/** One app's end of its vendor's callbacks. */
export interface CallbackApp {
  readonly name: string;
  readonly contract: CallbackContract<unknown>;
  readonly config: unknown;
  /** The unguessable part of the path. */
  readonly token: string;
  /** Addresses or networks that callbacks may come from; any when left out. */
  readonly allowFrom?: readonly string[] | undefined;
}

export interface CallbackArrival extends CallbackRequest {
  readonly app: string;
  readonly token: string;
  readonly remoteAddress: string;
}

export interface CallbackReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What became of callbacks, by app and callback id. */
export interface CallbackStats {
  readonly accepted: Map<string, number>;
  readonly refused: Map<string, number>;
}

/**
 * Takes callbacks: tells them true, reads them, and acknowledges only what the log has. Unknown apps and wrong tokens are
 * answered alike. Repeats are acknowledged and appended once.
 */
export class CallbackIntake {
  readonly stats: CallbackStats = { accepted: new Map(), refused: new Map() };
  readonly #apps: ReadonlyMap<string, CallbackApp>;
  readonly #networks = new Map<string, BlockList>();
  readonly #log: EventLog;
  readonly #clock: Clock;
  readonly #refine: Refine;
  readonly #onFailure: (error: AppError, app: string) => void;

  /** `onFailure` hears of everything that was not acknowledged, for the log. */
  constructor(
    apps: readonly CallbackApp[],
    log: EventLog,
    clock: Clock,
    refine: Refine,
    onFailure: (error: AppError, app: string) => void,
  ) {
    this.#apps = new Map(apps.map((app) => [app.name, app]));
    for (const app of apps) if (app.allowFrom) this.#networks.set(app.name, networksOf(app.allowFrom));
    this.#log = log;
    this.#clock = clock;
    this.#refine = refine;
    this.#onFailure = onFailure;
  }

  /** Never rejects. 404 unknown app or token, 401 bad signature, 400 unreadable, 503 when the log cannot take it. */
  async receive(arrival: CallbackArrival): Promise<CallbackReply> {
    const app = this.#apps.get(arrival.app);
    // Compared for unknown apps too, so that the time of the answer does not tell which names exist.
    const isKnown = isSame(arrival.token, app?.token ?? '') && app !== undefined;
    if (!isKnown || !this.#mayComeFrom(arrival)) return plain(404, 'not found');
    try {
      app.contract.verify(arrival, app.config, this.#clock.now());
      const read = app.contract.read(arrival, app.config);
      await this.#append(
        app.name,
        read.events.map((event) => this.#draft(app.name, event, read.id)),
      );
      count(this.stats.accepted, `${app.name} ${read.id ?? 'unknown'}`);
      return app.contract.acknowledgement;
    } catch (thrown) {
      const error = toAppError(thrown);
      count(this.stats.refused, `${app.name} ${error.code}`);
      this.#onFailure(error, app.name);
      if (error.code === 'UNAUTHENTICATED') return plain(401, 'the signature is not good');
      if (error.code === 'BAD_USER_INPUT') return plain(400, 'the body cannot be read');
      return plain(error.code === 'VENDOR_UNAVAILABLE' ? 503 : 500, 'not taken: send it again');
    }
  }

  #draft(app: string, event: ToldEvent, callback: string | null): DraftEvent {
    const told = this.#refine(app, event);
    return { ...told, subjects: subjectsOf(told.payload), callback };
  }

  async #append(app: string, events: Parameters<EventLog['append']>[1]): Promise<void> {
    try {
      await this.#log.append(app, events);
    } catch (cause) {
      throw new AppError('VENDOR_UNAVAILABLE', 'The event log cannot take the event.', { cause });
    }
  }

  #mayComeFrom({ app, remoteAddress }: CallbackArrival): boolean {
    const networks = this.#networks.get(app);
    if (!networks) return true;
    const address = remoteAddress.replace(/^::ffff:/, '');
    return isIP(address) !== 0 && networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

function networksOf(list: readonly string[]): BlockList {
  const networks = new BlockList();
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) networks.addAddress(address, family);
    else networks.addSubnet(address, Number(bits), family);
  }
  return networks;
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given.padEnd(128).slice(0, 128));
  const b = Buffer.from(expected.padEnd(128).slice(0, 128));
  return a.length === b.length && timingSafeEqual(a, b) && given.length === expected.length && expected !== '';
}

const plain = (status: number, body: string): CallbackReply => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
