import { z } from 'zod';
import { httpUrl } from './values.ts';

const decision = z.enum(['DELIVER', 'REPLACE', 'REFUSE', 'DROP']);

const names = (max: number) => z.array(z.string().min(1).max(256)).min(1).max(max);

const rule = z
  .strictObject({
    /** As `MessageDecidedEvent.rule` tells it. */
    name: z.string().regex(/^[\w .-]{1,64}$/, 'expected 1 to 64 letters, digits, spaces, dots, - and _'),
    /** Messages of these senders, by the vendor's ids. */
    senders: names(10_000).optional(),
    /** Messages to these places: `direct`, `group`, `chatroom`, or one of them by id such as `group:team`. */
    to: z
      .array(
        z
          .string()
          .regex(/^(direct|group|chatroom)(:.{1,256})?$/, 'expected direct, group, chatroom, or such as group:<id>'),
      )
      .min(1)
      .max(10_000)
      .optional(),
    /** Messages of these kinds of content, as `ContentKind` of the schema names them. */
    kinds: z
      .array(z.string().regex(/^[A-Z]{1,16}$/, 'expected a kind such as TEXT'))
      .min(1)
      .optional(),
    /** Messages whose text has one of these words, whatever case and width their letters are written in. */
    keywords: names(10_000).optional(),
    /** Messages of a sender beyond so many in so many seconds. */
    perSender: z
      .strictObject({ count: z.int().min(1).max(10_000), seconds: z.number().min(0.1).max(86_400) })
      .optional(),
    /** A service of the operator that answers, or has no opinion. */
    ask: httpUrl.optional(),
    timeoutMs: z.int().min(1).max(5_000).optional(),
    /** The answer when all of the above hold; left out with `ask`, whose service answers. */
    // biome-ignore lint/suspicious/noThenProperty: the word of the operators' file; it is no function, so nothing awaits it
    then: decision.optional(),
    /** For `REPLACE`: the whole text; left out, the keywords found are starred out. */
    text: z.string().max(5_000).optional(),
    /** For `REFUSE`: shown to the sender by the vendors that have a place for them. */
    code: z.int().min(0).max(2_147_483_647).optional(),
    reason: z.string().max(256).optional(),
  })
  .refine((each) => (each.ask === undefined) !== (each.then === undefined), 'expected one of ask and then')
  .refine(
    (each) => each.then !== 'REPLACE' || each.text !== undefined || each.keywords !== undefined,
    'expected text or keywords with then: REPLACE',
  );

/** How an app answers its vendor's questions about messages (`decisions:` of an app in the configuration file). */
export const decisionsSchema = z.strictObject({
  isEnabled: z.boolean().default(true),
  rules: z
    .array(rule)
    .max(100)
    .refine((rules) => new Set(rules.map((each) => each.name)).size === rules.length, 'expected names that differ')
    .default([]),
  default: z.enum(['DELIVER', 'REFUSE', 'DROP']).default('DELIVER'),
  deadlineMs: z.int().min(10).max(5_000).default(150),
  /** How long the vendor's console says that the vendor waits, where that is not what it is by default. */
  vendorWaitMs: z.int().min(60).max(10_000).optional(),
});
