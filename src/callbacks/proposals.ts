import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { CountedVerdict } from '../domain/callback.ts';
import type { ProposedMessage, Ruling } from '../domain/decision.ts';
import type { MessageDecision } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import { subjectsOf } from '../domain/subject.ts';
import { type AppError, toAppError } from '../errors.ts';
import type { EventLog } from '../events/log.ts';
import type { DecisionPolicy } from './decisions.ts';
import { questionOf } from './proposed-question.ts';

export interface ProposalsOptions {
  /** The policy of an app; null where there is none. */
  readonly policyOf: (app: string) => DecisionPolicy | null;
  readonly log: EventLog;
  readonly clock: Clock;
  /** Called with every verdict. */
  readonly onVerdict: (verdict: CountedVerdict) => void;
  /** Called when the log could not take the record of a verdict. */
  readonly onLost: (error: AppError, app: string) => void;
}

/**
 * Decides on what is sent and edited through this API by the policy that answers the vendor's questions, with the same rules and the same
 * counts of each sender. Vendors ask about clients' messages only.
 */
export class Proposals {
  readonly #options: ProposalsOptions;

  constructor(options: ProposalsOptions) {
    this.#options = options;
  }

  /** Never rejects. The verdict is logged as `MESSAGE_DECIDED`; without rules and with a default of `DELIVER` there is none. */
  async decide(app: string, proposed: ProposedMessage, isOperator: boolean): Promise<Ruling> {
    const policy = this.#options.policyOf(app);
    if (!policy || policy.isOpen || (isOperator && !policy.coversOperators)) return { decision: 'DELIVER' };
    const id = randomUUID();
    const question = questionOf(proposed, id, new Date(this.#options.clock.now()));
    const { message, occurredAt } = question;
    const { verdict, ...made } = await policy.decide(app, question);
    const ruling = rulingOf(verdict, message);
    const { decision } = ruling;
    const replacement = ruling.decision === 'REPLACE' ? ruling.text : null;
    const isEdit = proposed.known !== undefined;
    this.#record(app, `decided|own|${id}`, occurredAt, { message, decision, ...made, replacement, isEdit });
    return ruling;
  }

  #record(app: string, dedupeKey: string, occurredAt: Date, record: VerdictRecord): void {
    const { log, onVerdict, onLost } = this.#options;
    const payload = { type: 'MESSAGE_DECIDED', source: 'SERVER', ...record } as const;
    onVerdict({ app, decision: record.decision, isLate: record.isLate });
    log
      .append(app, [{ dedupeKey, occurredAt, payload, subjects: subjectsOf(payload), callback: null }])
      .catch((error: unknown) => onLost(toAppError(error), app));
  }
}

type VerdictRecord = Omit<Awaited<ReturnType<DecisionPolicy['decide']>>, 'verdict'> & {
  readonly message: Message;
  readonly decision: MessageDecision;
  readonly replacement: string | null;
  readonly isEdit: boolean;
};

/** What a verdict comes to: nothing is made here that looks sent, so `DROP` is refused, and so is a `REPLACE` of what is not text. */
function rulingOf(
  { decision, text, code, reason }: Awaited<ReturnType<DecisionPolicy['decide']>>['verdict'],
  { content }: Message,
): Ruling {
  if (decision === 'DELIVER') return { decision };
  if (decision === 'REPLACE' && content?.kind === 'TEXT' && text) return { decision, text };
  return { decision: 'REFUSE', code, reason };
}
