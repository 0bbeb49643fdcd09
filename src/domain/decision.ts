import type { Content } from './content.ts';
import type { MessageDecision } from './event.ts';
import type { Mentions, Message, Receiver } from './message.ts';

/** Why a rule could not decide. The same list stands in `enum DecisionFailure` of the schema. */
export const decisionFailures = [
  'SERVICE_UNREACHABLE',
  'SERVICE_TIMED_OUT',
  'SERVICE_REFUSED',
  'SERVICE_ANSWER_INVALID',
  'SERVICE_BUSY',
  'DEADLINE',
  'TEXT_TOO_LONG',
] as const;

export type DecisionFailure = (typeof decisionFailures)[number];

/** What a rule does with a message that it holds for: answers, or has somebody look at it, which is no answer. */
export type RuleAction = MessageDecision | 'FLAG';

/** What a rule that could not decide comes to: one of its actions, or `NEXT` for none, so that the next rule is asked. */
export type OnFailure = Exclude<RuleAction, 'REPLACE'> | 'NEXT';

/** What one rule that held for a message came to. */
export interface RuleFinding {
  readonly rule: string;
  readonly action: RuleAction;
  /** Whether it only says what the rule would have done. */
  readonly isDryRun: boolean;
  /** What of the rule's words, regular expressions and links was found. */
  readonly matchedKeywords: readonly string[];
}

/** Whether a rule has flagged the message. */
export const isFlagged = (findings: readonly RuleFinding[]): boolean =>
  findings.some(({ action, isDryRun }) => action === 'FLAG' && !isDryRun);

/** A rule as the operator wrote it: every condition given must hold. See `src/config/decisions.ts` for bounds. */
export interface RuleSettings {
  readonly name: string;
  readonly senders?: readonly string[] | undefined;
  /** `direct`, `group`, `chatroom`, or one of them by id such as `group:team`. */
  readonly to?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly keywords?: readonly string[] | undefined;
  /** Keywords count only where they begin and end as words do. */
  readonly wholeWords?: boolean | undefined;
  /** Keywords are found in letters that look like theirs, too. */
  readonly confusables?: boolean | undefined;
  /** Keywords are found letter by letter with spaces and the like between, too. */
  readonly spacedLetters?: boolean | undefined;
  /** Regular expressions in RE2's syntax. */
  readonly patterns?: readonly string[] | undefined;
  /** Links: to any host, or to these domains and those below them. */
  readonly links?:
    | { readonly domains?: readonly string[] | undefined; readonly except?: readonly string[] | undefined }
    | undefined;
  /** Words within which nothing counts that is found. */
  readonly except?: readonly string[] | undefined;
  readonly perSender?: { readonly count: number; readonly seconds: number } | undefined;
  /** The operator's service that answers instead of `then`. */
  readonly ask?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** The key that questions to the service are signed with, as Standard Webhooks writes it. */
  readonly secret?: string | undefined;
  /** Sent to the service besides; the values are secret. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** `NEXT` when left out. */
  readonly onFailure?: OnFailure | undefined;
  readonly then?: RuleAction | undefined;
  /** Whether it only says in the verdict's event what it would do. */
  readonly dryRun?: boolean | undefined;
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
  /** Whether what operators send and edit through this API in users' names passes the rules, too. */
  readonly coversOperators: boolean;
}

/** What somebody is about to send, or to make of a message, through this API. */
export interface ProposedMessage {
  readonly to: Receiver;
  readonly senderId: string;
  readonly content: Content;
  readonly mentions?: Mentions | null | undefined;
  readonly metadata?: unknown;
  /** Texts besides the content that receivers are shown, such as a push's. */
  readonly otherTexts: readonly string[];
  /** The message that is to be edited, as it is. */
  readonly known?: Message | undefined;
}

/** What a policy lets become of it. */
export type Ruling =
  | { readonly decision: 'DELIVER' }
  | { readonly decision: 'REPLACE'; readonly text: string }
  | { readonly decision: 'REFUSE'; readonly code?: number | undefined; readonly reason?: string | undefined };

/** What a policy would decide on a message. */
export interface TrialVerdict {
  readonly decision: MessageDecision;
  readonly rule: string | null;
  readonly text?: string | undefined;
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
  readonly failedRule: string | null;
  readonly failure: DecisionFailure | null;
  readonly matchedKeywords: readonly string[];
  readonly findings: readonly RuleFinding[];
  /** Rules that ask a service, as far as it came to them. */
  readonly notAsked: readonly string[];
}
