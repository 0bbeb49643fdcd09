import { z } from 'zod';
import { mostLabels, patternProblem } from '../rule-syntax.ts';
import { httpUrl } from './values.ts';

const action = z.enum(['DELIVER', 'REPLACE', 'REFUSE', 'DROP', 'FLAG']);

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

/** A host, of any script. */
const domain = z
  .string()
  .max(253)
  .regex(/^([\p{L}\p{M}\p{N}-]{1,63}\.)*[\p{L}\p{M}\p{N}-]{2,63}$/u, 'expected a host such as example.com')
  .refine((name) => name.split('.').length <= mostLabels, `expected at most ${mostLabels} labels`);

const pattern = z
  .string()
  .min(1)
  .max(512)
  .superRefine((source, { addIssue }) => {
    const problem = patternProblem(source);
    if (problem !== undefined) addIssue({ code: 'custom', message: problem });
  });

/** Headers that every question has, or its connection. */
const ownHeaders = ['accept', 'connection', 'content-length', 'content-type', 'host', 'transfer-encoding'];

const isHeaderName = (name: string) =>
  /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) && !ownHeaders.includes(name.toLowerCase()) && !/^webhook-/i.test(name);

function isSigningSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, '');
  const { length } = Buffer.from(base64, 'base64');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && length >= 24 && length <= 64;
}

/** A rule of a policy, by itself. */
export const ruleSchema = z
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
    /** Keywords count only where they begin and end as words do. */
    wholeWords: z.boolean().optional(),
    /** Keywords are found in letters that look like theirs, too: by Unicode's data for the detection of confusables. */
    confusables: z.boolean().optional(),
    /** Keywords are found letter by letter with spaces and the like between, too. */
    spacedLetters: z.boolean().optional(),
    /** Messages whose text one of these regular expressions matches, in RE2's syntax. */
    patterns: z.array(pattern).min(1).max(100).optional(),
    /** Messages with a link: any, or one to these domains or below them; none counts that leads to or below those excepted. */
    links: z
      .strictObject({
        domains: z.array(domain).min(1).max(10_000).optional(),
        except: z.array(domain).min(1).max(10_000).optional(),
      })
      .optional(),
    /** What is found within one of these does not count. */
    except: z.array(keyword).min(1).max(10_000).optional(),
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
    /** What it comes to when it cannot decide: the service fails, or the text is too long to be looked at as a whole. `NEXT` when left out. */
    onFailure: z.enum(['NEXT', 'DELIVER', 'REFUSE', 'DROP', 'FLAG']).optional(),
    /** The answer when all of the above hold; left out with `ask`, whose service answers. */
    // biome-ignore lint/suspicious/noThenProperty: the word of the operators' file; it is no function, so nothing awaits it
    then: action.optional(),
    /** It only says in the verdict's event what it would do. */
    dryRun: z.boolean().optional(),
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
    (each) => each.onFailure === undefined || each.ask !== undefined || looksAtText(each),
    'expected onFailure with ask, keywords, patterns or links only: no other rule can fail',
  )
  .refine(
    (each) =>
      each.keywords !== undefined ||
      [each.wholeWords, each.confusables, each.spacedLetters].every((option) => option === undefined),
    'expected wholeWords, confusables and spacedLetters with keywords only',
  )
  .refine(
    (each) => each.except === undefined || looksAtText(each),
    'expected except with keywords, patterns or links only',
  )
  .refine((each) => each.text === undefined || each.then === 'REPLACE', 'expected text with then: REPLACE only')
  .refine(
    (each) => each.then !== 'REPLACE' || each.text !== undefined || looksAtText(each),
    'expected text, keywords, patterns or links with then: REPLACE',
  )
  .refine(
    (each) => [each.code, each.reason].every((one) => one === undefined) || isRefusing(each),
    'expected code and reason with a then that refuses or replaces only',
  );

/** Whether a rule has conditions on texts. */
const looksAtText = ({
  keywords,
  patterns,
  links,
}: Partial<Readonly<Record<'keywords' | 'patterns' | 'links', unknown>>>): boolean =>
  [keywords, patterns, links].some((each) => each !== undefined);

/** Whether a rule's answer may be shown to the sender. What cannot be replaced is refused. */
const isRefusing = ({ then }: { readonly then?: string | undefined }): boolean =>
  then !== undefined && ['REPLACE', 'REFUSE', 'DROP'].includes(then);
