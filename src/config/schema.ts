import { accessSync, constants, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Bounds, defaultBounds } from '../bounds.ts';
import { decisionsSchema } from './decisions.ts';
import { httpUrl } from './values.ts';

const origin = z
  .string()
  .refine(
    (text) => text === '*' || text === 'loopback' || (URL.canParse(text) && new URL(text).origin === text),
    'expected an origin such as https://app.example.com, without a path, or loopback, or *',
  );

const keysUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}, 'expected a URL that begins with https:// (http:// for this machine only)');

const range = z.string().refine(isRange, 'expected an IP address or a range such as 10.0.0.0/8');

function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/**
 * Signs the demo's tokens unless its operator gives another secret. Everybody can read it here, so the demo listens on loopback addresses
 * only with it, and no configuration takes it.
 */
export const demoSecret = 'the public secret of the Switchboard demo, for no other use';

const auth = z
  .strictObject({
    secret: z
      .string()
      .refine(
        (text) => Buffer.byteLength(text) >= 32,
        'expected at least 32 bytes, such as those of: openssl rand -base64 32',
      )
      .refine((text) => text !== demoSecret, "expected a secret of your own: the demo's is public")
      .optional(),
    jwksUrl: keysUrl.optional(),
    /** How long the keys of `jwksUrl` are used beyond their ten minutes while they cannot be fetched again. */
    staleKeysSeconds: z
      .int()
      .min(0)
      .max(7 * 86_400)
      .default(86_400),
    issuer: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
  })
  .refine(
    ({ secret, jwksUrl }) => secret === undefined || jwksUrl === undefined,
    'expected either secret or jwksUrl, found both',
  );

/** Whether a file can be made or opened at a path. */
function canHold(file: string): boolean {
  if (file === ':memory:') return true;
  try {
    accessSync(dirname(file), constants.W_OK);
    return statSync(dirname(file)).isDirectory() && statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true;
  } catch {
    return false;
  }
}

/** Ten years. */
const maxUserTokenSeconds = 10 * 365 * 24 * 3600;

/** Bounds with a setting of their own. */
type SetElsewhere = 'drainDelayMs' | 'drainMs';

/** Each bound of the server with its default, as whole numbers; see docs/bounds.md. */
function boundsShape() {
  const { drainDelayMs, drainMs, ...rest } = defaultBounds;
  const entries = Object.entries(rest).map(([name, value]) => {
    const bound = z
      .int()
      .min(1)
      .max(2 ** 40);
    return [name, bound.default(value)] as const;
  });
  return Object.fromEntries(entries) as Record<Exclude<keyof Bounds, SetElsewhere>, z.ZodDefault<z.ZodInt>>;
}

/** Everything but the apps. */
export const settingsSchema = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(4000),
      /** Left out: none, in the demo `loopback`. */
      corsOrigins: z.array(origin).optional(),
      trustedProxies: z.array(range).default([]),
      /** Left out: for those with a token, in the demo for everybody. */
      introspection: z.boolean().optional(),
      /** Left out: only in the demo. */
      landingPage: z.boolean().optional(),
      /** From `not ready` to the end of listening, in milliseconds; left out: 5,000, in the demo 0. */
      drainDelayMs: z.int().min(0).max(600_000).optional(),
      /** How long running requests may take when the server stops, in milliseconds. */
      drainMs: z.int().min(0).max(600_000).default(10_000),
      bounds: z.strictObject(boundsShape()).prefault({}),
    })
    .prefault({}),
  auth: auth.prefault({}),
  log: z
    .strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info') })
    .prefault({}),
  events: z
    .strictObject({
      /** The file of the event log (SQLite). In memory, and gone with the process, when left out. */
      file: z
        .string()
        .min(1)
        .refine(canHold, 'expected a file in a directory that exists and that this user can write to')
        .optional(),
      /** Where `createBackup` puts copies of the files. Nothing is backed up when left out. */
      backupFolder: z.string().min(1).optional(),
      /** Backups that are kept; the oldest go first. */
      backupsKept: z.int().min(1).max(1_000).default(7),
      /** What is kept for each app, and up to a tenth more; the oldest events go first. */
      maxEvents: z.int().min(100).max(10_000_000).default(100_000),
      maxAgeDays: z.number().positive().max(3650).default(7),
      /** Of the events with what the vendor sent for them. */
      maxBytes: z
        .int()
        .min(1024 * 1024)
        .max(1024 ** 4)
        .default(256 * 1024 * 1024),
      /** What one callback may tell: more of it is kept as one event that is not understood. */
      maxEventsPerCallback: z.int().min(1).max(100_000).default(1_000),
      maxBytesPerCallback: z
        .int()
        .min(1024)
        .default(8 * 1024 * 1024),
      /** Of callbacks that the vendor never signs. */
      unsigned: z
        .strictObject({
          maxEvents: z.int().min(100).max(10_000_000).default(10_000),
          maxBytes: z
            .int()
            .min(1024 * 1024)
            .default(24 * 1024 * 1024),
          maxEventsPerCallback: z.int().min(1).max(100_000).default(100),
          maxBytesPerCallback: z
            .int()
            .min(1024)
            .default(256 * 1024),
          maxBodyBytes: z
            .int()
            .min(1024)
            .default(64 * 1024),
          maxEventsPerMinute: z.int().min(1).default(6_000),
          maxBytesPerMinute: z
            .int()
            .min(1024)
            .default(16 * 1024 * 1024),
        })
        .prefault({}),
      /** Searches of past events (`Query.events`) under way for one viewer, and for all. */
      maxSearchesPerViewer: z.int().min(1).max(10_000).default(50),
      maxSearches: z.int().min(1).max(100_000).default(1_000),
    })
    .prefault({}),
  conversations: z
    .strictObject({
      /** Days that conversations nothing happens in are kept; beside the event log's file, or in memory. */
      keepDays: z.int().min(1).max(3_650).default(30),
    })
    .prefault({}),
  viewers: z
    .strictObject({
      /** Viewers may add others to their groups without asking them. */
      addMembers: z.boolean().default(false),
    })
    .prefault({}),
  userTokens: z
    .strictObject({
      /** The longest life of a vendor's token that a viewer gets. Left out: it ends with the viewer's own, after a day at most. */
      viewerSeconds: z.int().min(1).max(maxUserTokenSeconds).optional(),
      /** The longest life of one that a holder of `chat:admin` gets. */
      operatorSeconds: z.int().min(1).max(maxUserTokenSeconds).default(2_592_000),
      /** Viewers get tokens of vendors that set no end to them, too. */
      endless: z.boolean().default(false),
    })
    .prefault({}),
});

export const appNameSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'expected 1 to 32 of a-z, 0-9 and -, as the name of an app');

const windows = z
  .array(z.strictObject({ count: z.int().min(1), seconds: z.number().positive() }))
  .min(1, 'expected at least one window')
  .max(4);

/** What an app of any vendor has besides the vendor's own fields. */
export const appSchema = z.strictObject({
  /** Replace the vendor's own, for emulators and proxies; the primary first. */
  baseUrls: z.array(httpUrl).min(1).optional(),
  callbacks: z
    .strictObject({
      /** The part of the callback's path that nobody can guess. */
      token: z.string().regex(/^[A-Za-z0-9_-]{16,128}$/, 'expected 16 to 128 of A-Z, a-z, 0-9, - and _'),
      allowFrom: z.array(range).min(1).optional(),
    })
    .optional(),
  /** How the vendor's questions about messages are answered; all are delivered when left out. */
  decisions: decisionsSchema.optional(),
  /** Replace the vendor's published limits, by bucket. */
  limits: z.record(z.string(), z.strictObject({ windows })).optional(),
  /** The part that one viewer may hold of what the others leave of a limit, while others have used it lately; 1 for all of it. */
  viewerShare: z.number().min(0.01).max(1).optional(),
  /** A call to the vendor is never answered sooner, by the distance: its windows are free so much earlier. */
  leastRoundTripMs: z.number().min(0).max(1_000).optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type AppSettings = z.infer<typeof appSchema>;
