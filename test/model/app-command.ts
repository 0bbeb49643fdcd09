import type fc from 'fast-check';
import { titled } from './asking.ts';
import { checkApp } from './checks.ts';
import type { ModelSpace, Outcome, Place, SpaceKind } from './model.ts';
import type { Walk, WalkApp } from './scene.ts';
import type { Answer } from './world.ts';

export type Command = fc.AsyncCommand<{ readonly apps: number }, Walk>;

/** An act at one app by chosen users; what does not fit the state is a step that does nothing. */
export abstract class AppCommand implements Command {
  readonly #app: number;
  readonly #picks: readonly number[];
  #attempt = 0;

  constructor(app: number, picks: readonly number[]) {
    this.#app = app;
    this.#picks = picks;
  }

  check(): boolean {
    return true;
  }

  async run(_: unknown, walk: Walk): Promise<void> {
    if (walk.isOver()) return;
    const app = walk.apps[this.#app % 4 === 3 ? this.#app % walk.apps.length : walk.favourite];
    if (!app) throw new Error('a walk needs an app');
    app.model.act();
    if (!(await this.#acts(walk, app))) return;
    walk.count(this.constructor.name);
    await walk.world.settle(app.vendor);
    await checkApp(walk, app);
  }

  /** Whether anything was done: what does not fit is tried with other users and spaces. */
  async #acts(walk: Walk, app: WalkApp): Promise<boolean> {
    for (this.#attempt = 0; this.#attempt < 4; this.#attempt += 1) if (await this.act(walk, app)) return true;
    return false;
  }

  /** Whether anything was done. */
  protected abstract act(walk: Walk, app: WalkApp): Promise<boolean>;

  toString(): string {
    return `${this.constructor.name}(${this.#app}, ${this.#picks.join(', ')})`;
  }

  protected number(index: number): number {
    return (this.#picks[index] ?? 0) + this.#attempt;
  }

  protected pick<T>(items: readonly T[], index: number): T | undefined {
    return items[this.number(index) % Math.max(1, items.length)];
  }

  protected user(app: WalkApp, index: number): string {
    return this.pick(app.model.users, index) ?? '';
  }

  /** A space that is there. */
  protected space(app: WalkApp, kind: SpaceKind, index: number): ModelSpace | undefined {
    return this.pick(
      app.model.spacesOf(kind).filter(({ isDeleted }) => !isDeleted),
      index,
    );
  }

  /** Where to send: to users, to a group or to a room, whether one is a member or not. */
  protected place(app: WalkApp, index: number, other: string): Place | undefined {
    const which = this.number(index) % 5;
    if (which === 0) return this.pick(app.model.spacesOf('group'), index);
    if (which === 1) return this.pick(app.model.spacesOf('chatroom'), index);
    const id = this.user(app, index);
    return id === other ? undefined : { kind: 'direct', id };
  }
}

interface ItemResult {
  readonly ok: boolean;
  readonly error: { readonly code: string } | null;
}

/** What an answer says of each thing that was asked for: the error of the whole call for all of them. */
export function outcomesOf({ data, errors }: Answer, field: string): readonly string[] {
  const code = errors?.[0]?.extensions.code;
  if (code !== undefined) return [code];
  const results: readonly ItemResult[] | undefined = data?.[field]?.results;
  return results?.map(({ ok, error }) => (ok ? 'ok' : (error?.code ?? 'none'))) ?? ['ok'];
}

/** An answer whose outcome must be the one that is wanted. */
export function expectOutcome(what: string, field: string, answer: Answer, wanted: Outcome): void {
  const outcome = outcomesOf(answer, field).find((each) => each !== 'ok') ?? 'ok';
  if (outcome !== wanted)
    throw new Error(`${what}: expected ${wanted}, got ${outcome}: ${JSON.stringify(answer).slice(0, 600)}`);
}

/** A mutation over one input, with what is wanted of its answer. */
export const mutation = (field: string, selection: string) =>
  `mutation ($input: ${titled(field)}Input!) { ${field}(input: $input) { ${selection} } }`;

export const results = 'results { target ok error { code message } }';
