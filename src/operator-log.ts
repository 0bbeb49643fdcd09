import { isBrokenCircuitError } from 'cockatiel';
import type { Logger } from 'pino';
import type { FailedRule } from './callbacks/evaluation.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { callbackRefusals, type RefusedCallback } from './domain/callback-refusal.ts';
import type { PolicySettings } from './domain/decision.ts';
import { AppError } from './errors.ts';
import { type Health, isWell } from './net/health.ts';
import { NoAnswer } from './net/send.ts';
import type { VendorCall } from './request-options.ts';
import { Throttle } from './throttle.ts';

/** What a failure came from, as far as this server's own errors say: why there was no answer, for example. */
function rootOf(error: AppError | NoAnswer): AppError | NoAnswer {
  const { cause } = error;
  return cause instanceof AppError || cause instanceof NoAnswer ? rootOf(cause) : error;
}

const minuteMs = 60_000;
const healthEveryMs = 5_000;

/** What is watched: an app's vendor, or the service that one of its rules asks. */
interface Watched {
  readonly app: string;
  readonly rule?: string;
  readonly health: () => Pick<Health, 'status' | 'errorRate' | 'medianLatencyMs'>;
}

/** Writes what an operator has to know while the server runs. What repeats is written once a minute, with how often it happened. */
export class OperatorLog {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #throttle: Throttle;

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
    this.#throttle = new Throttle(clock, minuteMs);
  }

  /** One line at the start: where it listens, what it serves and what is on. Secrets are left out. */
  started(url: string, { apps, auth, events, server, demo, log }: Config): void {
    const shown = Object.entries(apps).map(([name, { vendor, baseUrls, callbacks, decisions }]) => ({
      name,
      vendor,
      callbackUrl: callbacks ? `${url}/callbacks/${name}/<token>` : null,
      allowFrom: callbacks?.allowFrom?.length ?? 'anywhere',
      rules: decisions?.isEnabled === false ? 'off' : (decisions?.rules.length ?? 0),
      ...(baseUrls && { hosts: baseUrls.map((each) => new URL(each).host) }),
    }));
    const { introspection, landingPage, corsOrigins, trustedProxies } = server;
    this.#log.info(
      {
        address: url,
        apps: shown,
        auth: auth.jwksUrl ? `keys of ${new URL(auth.jwksUrl).host}` : auth.secret ? 'shared key' : 'none',
        events: events.file ?? 'memory',
        on: { introspection, landingPage, demo },
        corsOrigins,
        trustedProxies,
        logLevel: log.level,
      },
      `listening at ${url}`,
    );
  }

  /** What an operator has to know of an app's rules, when they begin to hold. `withoutContent`: the vendor's questions that say nothing of the content. */
  rulesInForce(app: string, { rules }: Pick<PolicySettings, 'rules'>, withoutContent: readonly string[]): void {
    for (const { name: rule, ask, secret } of rules)
      if (ask !== undefined && secret === undefined)
        this.#log.warn({ app, rule }, 'a service is asked without a signature: give the rule a secret');
    const names = rules
      .filter(({ keywords, patterns, links, kinds }) =>
        [keywords, patterns, links, kinds].some((each) => each !== undefined),
      )
      .map(({ name }) => name);
    if (names.length > 0 && withoutContent.length > 0)
      this.#log.warn(
        { app, rules: names, callbacks: withoutContent },
        'questions of these callbacks say nothing of the content: rules about it never match them',
      );
  }

  /** Each call at `debug`; a warning a minute for each app and code where the vendor, or our account there, is what failed. */
  vendorCall(call: VendorCall, error?: AppError): void {
    this.#log.debug(call, 'vendor call');
    if (error === undefined || isWell(error) || isBrokenCircuitError(error.cause)) return;
    const { app, endpoint } = call;
    const { code } = error;
    const count = this.#throttle.admit(`${code} ${app}`);
    if (count === 0) return;
    const { vendorCode, vendorStatus } = error.details;
    this.#log.warn(
      { app, endpoint, code, vendorCode, vendorStatus, reason: rootOf(error).message, count },
      code === 'VENDOR_MISCONFIGURED'
        ? 'the vendor refuses the app: check its credentials and what is switched on in its console'
        : 'calls to the vendor fail',
    );
  }

  /** A warning a minute for each reason that callbacks of an app, or of no app, are not taken for. */
  refusedCallback(error: RefusedCallback, app: string | null, remoteAddress: string): void {
    const { reason, message, cause } = error;
    const count = this.#throttle.admit(`callback ${app ?? ''} ${reason}`);
    if (count === 0) return;
    const fields = { ...(app !== null && { app }), reason, why: message, remoteAddress, count };
    if (callbackRefusals[reason].status < 500) this.#log.warn(fields, 'callbacks are not taken');
    else this.#log.error({ ...fields, err: cause ?? error }, 'callbacks are not taken');
  }

  /** A warning a minute for each rule and reason. */
  failedRule({ app, rule, failure, detail }: FailedRule): void {
    const count = this.#throttle.admit(`rule ${app} ${rule} ${failure}`);
    if (count > 0) this.#log.warn({ app, rule, failure, detail, count }, 'a rule could not decide');
  }

  /**
   * Writes when the health of an app's vendor, or of a service that a rule asks, changes; looked at every 5 seconds. Returns the function
   * that ends it.
   */
  watchHealth(watched: () => readonly Watched[]): () => void {
    const known = new Map<string, Health['status']>();
    let cancel = () => {};
    const look = () => {
      for (const each of watched()) {
        const { app, rule, health } = each;
        const { status, errorRate, medianLatencyMs } = health();
        const name = JSON.stringify([app, rule]);
        const before = known.get(name) ?? 'UP';
        if (status === before) continue;
        known.set(name, status);
        const of = { app, ...(rule !== undefined && { rule }) };
        const fields = { ...of, status, before, errorRate: Math.round(errorRate * 1000) / 1000, medianLatencyMs };
        const whose = rule === undefined ? "the app's vendor" : 'the service that a rule asks';
        this.#log[status === 'UP' ? 'info' : 'warn'](fields, `the health of ${whose} has changed`);
      }
      cancel = this.#clock.schedule(healthEveryMs, look);
    };
    cancel = this.#clock.schedule(healthEveryMs, look);
    return () => cancel();
  }
}
