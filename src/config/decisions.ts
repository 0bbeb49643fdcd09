import { z } from 'zod';
import { sizeOf } from '../rule-syntax.ts';
import { ruleSchema } from './decision-rules.ts';

type RuleSettings = z.infer<typeof ruleSchema>;

/** All keywords, exceptions and domains of an app together, in characters: what the index of them takes memory for. */
const maxKeywordChars = 1_000_000;
/** All regular expressions of an app together, in instructions: what looking for them takes time for. */
const maxPatternsSize = 2_000;

const charsOf = (rules: readonly RuleSettings[]): number =>
  rules
    .flatMap(({ keywords = [], except = [], links }) => [
      ...keywords,
      ...except,
      ...(links?.domains ?? []),
      ...(links?.except ?? []),
    ])
    .reduce((sum, word) => sum + word.length, 0);

/** What makes a rule one that not every message comes to. */
const conditions = ['senders', 'to', 'kinds', 'keywords', 'patterns', 'links', 'perSender', 'ask'] as const;

/** A rule after one that answers to every message has no effect. */
function refuseUnreached(rules: readonly RuleSettings[], { addIssue }: z.RefinementCtx): void {
  const last = rules.findIndex(
    (rule) =>
      conditions.every((name) => rule[name] === undefined) &&
      !rule.dryRun &&
      rule.then !== undefined &&
      !['REPLACE', 'FLAG'].includes(rule.then),
  );
  if (last === -1 || last === rules.length - 1) return;
  addIssue({
    code: 'custom',
    path: [last + 1],
    message: 'is never reached: the rule before it answers to every message',
  });
}

/** How an app answers its vendor's questions about messages (`decisions:` of an app in the configuration file). */
export const decisionsSchema = z
  .strictObject({
    isEnabled: z.boolean().default(true),
    rules: z
      .array(ruleSchema)
      .max(100)
      .refine((rules) => new Set(rules.map((each) => each.name)).size === rules.length, 'expected names that differ')
      .refine(
        (rules) => charsOf(rules) <= maxKeywordChars,
        `expected keywords, exceptions and domains of at most ${maxKeywordChars} characters in all`,
      )
      .refine(
        (rules) => sizeOf(rules.flatMap(({ patterns = [] }) => patterns)) <= maxPatternsSize,
        `expected regular expressions of at most ${maxPatternsSize} instructions in all`,
      )
      .superRefine(refuseUnreached)
      .default([]),
    default: z.enum(['DELIVER', 'REFUSE', 'DROP']).default('DELIVER'),
    /** Whether what operators send and edit through this API in users' names passes the rules, too. */
    coversOperators: z.boolean().default(false),
    deadlineMs: z.int().min(10).max(5_000).default(150),
    /** How long the vendor's console says that the vendor waits, where that is not what it is by default. */
    vendorWaitMs: z.int().min(60).max(10_000).optional(),
  })
  .superRefine(({ rules, deadlineMs }, { addIssue }) => {
    for (const [index, { timeoutMs = 0 }] of rules.entries())
      if (timeoutMs > deadlineMs)
        addIssue({
          code: 'custom',
          path: ['rules', index, 'timeoutMs'],
          message: `expected at most the deadlineMs of the policy, ${deadlineMs}: it has no effect beyond that`,
        });
  });
