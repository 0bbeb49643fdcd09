import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { DecisionPolicy } from './callbacks/decisions.ts';
import { decisionsSchema } from './config/decisions.ts';
import { type Config, ConfigError } from './config.ts';
import type { PolicySettings } from './domain/decision.ts';

interface RuleReloadOptions {
  /** The configuration that the server started with. */
  readonly config: Config;
  readonly policyOf: (app: string) => DecisionPolicy | null;
  /** Called when an app's rules have begun to hold. */
  readonly onRules: (app: string, settings: PolicySettings) => void;
  readonly log: Logger;
}

/** Has the `decisions` of a configuration that was read again hold without a restart. */
export class RuleReload {
  readonly #options: RuleReloadOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: RuleReloadOptions) {
    this.#options = options;
  }

  /** Never rejects. What cannot be used changes nothing, and is logged; so is what else differs from what the server started with. */
  reload(read: () => Config): Promise<void> {
    // One after the other: the last that was asked for is the one that holds.
    this.#last = this.#last.then(() => this.#reload(read));
    return this.#last;
  }

  async #reload(read: () => Config): Promise<void> {
    const { config, log } = this.#options;
    try {
      const next = read();
      const changed: string[] = [];
      for (const [app, { decisions }] of Object.entries(next.apps))
        if (await this.#change(app, decisionsSchema.parse(decisions ?? {}))) changed.push(app);
      log.info({ apps: changed }, changed.length > 0 ? 'rules have changed' : 'no rules have changed');
      const settings = differing(config, next);
      if (settings.length > 0) log.warn({ settings }, 'these settings have changed, too, and need a restart');
    } catch (error) {
      const why =
        error instanceof ConfigError ? { problems: error.problems.map(({ at: _, ...each }) => each) } : { err: error };
      log.error(why, 'the configuration cannot be used: the rules stay as they are');
    }
  }

  async #change(app: string, settings: PolicySettings): Promise<boolean> {
    const { policyOf, onRules } = this.#options;
    const policy = policyOf(app);
    if (!policy || isDeepStrictEqual(settings, policy.settings)) return false;
    await policy.change(settings);
    onRules(app, settings);
    return true;
  }
}

/** The settings that differ, without their values: some are secret. */
function differing({ apps: before, ...general }: Config, { apps: after, ...nextGeneral }: Config): readonly string[] {
  const appNames = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const plain = (app: Config['apps'][string] | undefined) => app && { ...app, decisions: undefined };
  return [
    ...differingKeys(general, nextGeneral),
    ...appNames
      .filter((name) => !isDeepStrictEqual(plain(before[name]), plain(after[name])))
      .map((name) => `apps.${name}`),
  ];
}

const differingKeys = (before: object, after: object): readonly string[] => {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (key) => !isDeepStrictEqual(one.get(key), other.get(key)),
  );
};
