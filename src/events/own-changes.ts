import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { MembershipChange } from '../domain/membership.ts';
import type { SpaceKey } from '../domain/space.ts';
import { subjectsOf } from '../domain/subject.ts';
import { type AppError, toAppError } from '../errors.ts';
import type { EventLog } from './log.ts';

export interface OwnChangesOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  /** Whether the app's vendor tells by no callback who is in its spaces of a kind. */
  readonly isUntold: (app: string, kind: SpaceKey['kind']) => boolean;
  /** Called when the log could not take a change that was made. */
  readonly onLost: (error: AppError, app: string) => void;
}

/** Logs what was changed through this API where no callback tells it, so that streams and indexes have it like any other event. */
export class OwnChanges {
  readonly #options: OwnChangesOptions;

  constructor(options: OwnChangesOptions) {
    this.#options = options;
  }

  /** Fulfilled once the log has it. Never rejects: the change was made. */
  async note(app: string, payload: MembershipChange): Promise<void> {
    const { log, clock, isUntold, onLost } = this.#options;
    if (!isUntold(app, payload.space.kind)) return;
    const draft = {
      dedupeKey: `own|${randomUUID()}`,
      occurredAt: new Date(clock.now()),
      payload,
      subjects: subjectsOf(payload),
    };
    await log.append(app, [draft]).catch((error: unknown) => onLost(toAppError(error), app));
  }
}
