import type { MessageDecision } from './event.ts';

/** A rule as the operator wrote it: every condition given must hold. See `src/config/decisions.ts` for bounds. */
export interface RuleSettings {
  readonly name: string;
  readonly senders?: readonly string[] | undefined;
  /** `direct`, `group`, `chatroom`, or one of them by id such as `group:team`. */
  readonly to?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly perSender?: { readonly count: number; readonly seconds: number } | undefined;
  /** The operator's service that answers instead of `then`. */
  readonly ask?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly then?: MessageDecision | undefined;
  readonly text?: string | undefined;
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
}

/** How an app answers its vendor's questions about messages, as the operator wrote it. */
export interface PolicySettings {
  readonly isEnabled: boolean;
  readonly rules: readonly RuleSettings[];
  readonly default: MessageDecision;
  readonly deadlineMs: number;
  /** How long the vendor's console says that the vendor waits. */
  readonly vendorWaitMs?: number | undefined;
}
