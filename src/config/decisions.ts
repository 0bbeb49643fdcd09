import { z } from 'zod';
import { httpUrl } from './values.ts';

const decision = z.enum(['DELIVER', 'REPLACE', 'REFUSE', 'DROP']);

/** As `MessageKind` of the schema names them. */
const kinds = [
  'TEXT',
  'IMAGE',
  'AUDIO',
  'VIDEO',
  'FILE',
  'LOCATION',
  'LINK',
  'REPLY',
  'COMPOSITE',
  'MERGED',
  'STREAM',
  'COMMAND',
  'CUSTOM',
  'NOTICE',
  'RECALLED',
  'UNKNOWN',
] as const;

const names = (max: number) => z.array(z.string().min(1).max(256)).min(1).max(max);

/** Characters that are not shown; a word of nothing else would be in every text. */
const keyword = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => /[^\s\p{Default_Ignorable_Code_Point}]/u.test(text), 'expected a word that can be seen');

/** All keywords of an app together, in characters: what the index of them takes memory for. */
const maxKeywordChars = 1_000_000;

/** Headers that every question has, or its connection. */
const ownHeaders = ['accept', 'connection', 'content-length', 'content-type', 'host', 'transfer-encoding'];

const isHeaderName = (name: string) =>
  /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) && !ownHeaders.includes(name.toLowerCase()) && !/^webhook-/i.test(name);

function isSigningSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, '');
  const { length } = Buffer.from(base64, 'base64');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && length >= 24 && length <= 64;
}

const rule = z
  .strictObject({
    /** As `MessageDecidedEvent.rule` tells it. */
    name: z.string().regex(/^[\p{L}\p{M}\p{N}_ .-]{1,64}$/u, 'expected 1 to 64 letters, digits, spaces, dots, - and _'),
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
    kinds: z.array(z.enum(kinds)).min(1).optional(),
    /** Messages whose text has one of these words, whatever case and width their letters are written in. */
    keywords: z.array(keyword).min(1).max(10_000).optional(),
    /** Messages of a sender beyond so many in so many seconds. */
    perSender: z
      .strictObject({ count: z.int().min(1).max(10_000), seconds: z.number().min(0.1).max(86_400) })
      .optional(),
    /** A service of the operator that answers, or has no opinion. */
    ask: httpUrl
      .refine(
        (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
        'expected a URL without user and password: give them as headers: { authorization: "Basic …" }',
      )
      .optional(),
    timeoutMs: z.int().min(1).max(5_000).optional(),
    /** The key that questions are signed with, as Standard Webhooks writes it: `whsec_` and the base64 of 24 to 64 bytes. */
    secret: z
      .string()
      .refine(
        isSigningSecret,
        'expected whsec_ and the base64 of 24 to 64 bytes, such as those of: openssl rand -base64 32',
      )
      .optional(),
    /** Sent to the service besides. */
    headers: z
      .record(
        z.string(),
        z.string().regex(/^[\x21-\x7e][\x20-\x7e]{0,4095}$/, 'expected 1 to 4096 characters of ASCII'),
      )
      .refine((headers) => Object.keys(headers).length <= 16, 'expected at most 16 headers')
      .refine(
        (headers) => Object.keys(headers).every(isHeaderName),
        `expected names of headers other than ${ownHeaders.join(', ')} and webhook-…`,
      )
      .optional(),
    /** What it comes to when it cannot decide: the service fails, or the text is too long for the list of words. `NEXT` when left out. */
    onFailure: z.enum(['NEXT', 'DELIVER', 'REFUSE', 'DROP']).optional(),
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
    (each) => each.ask !== undefined || [each.timeoutMs, each.secret, each.headers].every((one) => one === undefined),
    'expected timeoutMs, secret and headers with ask only',
  )
  .refine(
    (each) => each.onFailure === undefined || each.ask !== undefined || each.keywords !== undefined,
    'expected onFailure with ask or keywords only: no other rule can fail',
  )
  .refine((each) => each.text === undefined || each.then === 'REPLACE', 'expected text with then: REPLACE only')
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
    .refine(
      (rules) => rules.flatMap(({ keywords = [] }) => keywords).join('').length <= maxKeywordChars,
      `expected keywords of at most ${maxKeywordChars} characters in all`,
    )
    .default([]),
  default: z.enum(['DELIVER', 'REFUSE', 'DROP']).default('DELIVER'),
  /** Whether what operators send and edit through this API in users' names passes the rules, too. */
  coversOperators: z.boolean().default(false),
  deadlineMs: z.int().min(10).max(5_000).default(150),
  /** How long the vendor's console says that the vendor waits, where that is not what it is by default. */
  vendorWaitMs: z.int().min(60).max(10_000).optional(),
});
