import { z } from 'zod';
import type { Content, Media, OutgoingContent } from '../../domain/content.ts';
import type { Attribute } from '../../domain/space.ts';
import { AppError } from '../../errors.ts';
import { numeric } from './endpoints/values.ts';

/** A message's content as the send calls take it. */
export interface WireContent {
  readonly type: 'txt' | 'img' | 'audio' | 'video' | 'file' | 'loc' | 'cmd' | 'custom';
  readonly body: Readonly<Record<string, unknown>>;
}

type MediaKind = 'IMAGE' | 'AUDIO' | 'VIDEO' | 'FILE';

/** What the vendor's content of each kind has a field for, in the vendor's words (easemob.yaml, messageTypes). */
const mediaTypes = {
  IMAGE: { type: 'img', fields: { name: 'filename', byteSize: 'file_length' }, hasSize: true },
  AUDIO: {
    type: 'audio',
    fields: { name: 'filename', byteSize: 'file_length', durationSeconds: 'length' },
    hasSize: false,
  },
  VIDEO: {
    type: 'video',
    fields: { name: 'filename', byteSize: 'file_length', durationSeconds: 'length', thumbnailUrl: 'thumb' },
    hasSize: true,
  },
  FILE: { type: 'file', fields: { name: 'filename', byteSize: 'file_length' }, hasSize: false },
} as const satisfies Record<
  MediaKind,
  { type: WireContent['type']; fields: Partial<Record<keyof Media, string>>; hasSize: boolean }
>;

const notSupported = (field: string): AppError => {
  const input = `input.content.${field}`;
  return new AppError('NOT_SUPPORTED', `The vendor's messages have no place for ${input}.`, { input });
};

/** Content to be sent, in the vendor's form. Throws `NOT_SUPPORTED` for fields that the vendor has no place for. */
export function toWire(content: OutgoingContent): WireContent {
  switch (content.kind) {
    case 'TEXT':
      if (content.isBarrage) throw notSupported('text.isBarrage');
      return { type: 'txt', body: { msg: content.text } };
    case 'IMAGE':
    case 'AUDIO':
    case 'VIDEO':
    case 'FILE':
      return mediaToWire(content);
    case 'LOCATION':
      if (content.thumbnailUrl) throw notSupported('location.thumbnailUrl');
      return {
        type: 'loc',
        body: { lat: String(content.latitude), lng: String(content.longitude), addr: content.name },
      };
    case 'COMMAND':
      if (content.data !== undefined && content.data !== null) throw notSupported('command.data');
      return { type: 'cmd', body: { action: content.name } };
    case 'CUSTOM':
      if (content.searchText) throw notSupported('custom.searchText');
      return { type: 'custom', body: { customEvent: customEvent(content.type), ...customExts(content.data) } };
    case 'COMPOSITE':
      throw notSupported('composite');
  }
}

function mediaToWire({ kind, url, ...media }: OutgoingContent & { kind: MediaKind; url: string }): WireContent {
  const { type, fields, hasSize } = mediaTypes[kind];
  const names: Partial<Record<string, string>> = fields;
  const { width, height, ...others } = media;
  const body: Record<string, unknown> = { url };
  for (const [field, value] of Object.entries(others)) {
    if (value === undefined || value === null) continue;
    const name = names[field];
    if (name === undefined) throw notSupported(`${kind.toLowerCase()}.${field}`);
    body[name] = value;
  }
  const given = typeof width === 'number' ? 'width' : typeof height === 'number' ? 'height' : undefined;
  if (given && !hasSize) throw notSupported(`${kind.toLowerCase()}.${given}`);
  if (given) body['size'] = { ...(width && { width }), ...(height && { height }) };
  return { type, body };
}

function customEvent(type: string): string {
  if (/^[\w\-/.]{1,32}$/.test(type)) return type;
  const input = 'input.content.custom.type';
  throw new AppError('BAD_USER_INPUT', `${input} must be 1-32 letters, digits, - _ / and .`, { input });
}

const customData = z.record(z.string(), z.string()).refine((pairs) => Object.keys(pairs).length <= 16);

/** Up to 16 pairs of texts. */
function customExts(data: unknown): { customExts?: Record<string, string> } {
  if (data === undefined || data === null) return {};
  const pairs = customData.safeParse(data);
  if (pairs.success) return { customExts: pairs.data };
  throw new AppError('NOT_SUPPORTED', 'The data of the vendor is an object of up to 16 texts.', {
    input: 'input.content.custom.data',
  });
}

/** The content with `{name}` places filled. Throws `NOT_SUPPORTED` for other content than text. */
export function fillPlaces(content: OutgoingContent, values: readonly Attribute[]): OutgoingContent {
  if (content.kind !== 'TEXT') {
    throw new AppError('NOT_SUPPORTED', 'Only texts have places to fill.', { input: 'input.variables' });
  }
  const byName = new Map(values.map(({ key, value }) => [key, value]));
  return {
    ...content,
    text: content.text.replace(/\{([^{}]+)\}/g, (place, name: string) => byName.get(name) ?? place),
  };
}

// --- reading: histories and callbacks; odd content is UNKNOWN, never an error ---

const text = z.string().nullable().catch(null);
const number = numeric.nullable().catch(null);
const size = z.object({ width: number, height: number }).catch({ width: null, height: null });
const pairsOf = z
  .union([
    z.record(z.string(), z.unknown()),
    // The older form: a list of objects with one pair each.
    z
      .array(z.record(z.string(), z.unknown()))
      .transform((list): Record<string, unknown> => Object.fromEntries(list.flatMap(Object.entries))),
  ])
  .nullable()
  .catch(null);

const bodySchema = z.looseObject({
  type: z.string().catch(''),
  subType: text,
  msg: text,
  action: text,
  url: text,
  thumb: text,
  filename: text,
  file_length: number,
  length: number,
  Length: number,
  size,
  lat: number,
  lng: number,
  addr: text,
  title: text,
  summary: text,
  finish: z.boolean().catch(false),
  customEvent: text,
  customExts: pairsOf,
  'v2:customExts': pairsOf,
});
type Body = z.output<typeof bodySchema>;

/** What a message says, from an element of `bodies`. Unknown types and odd values become `UNKNOWN`; it never throws. */
export function fromWire(body: unknown): Content {
  const read = bodySchema.safeParse(body);
  if (!read.success) return { kind: 'UNKNOWN', type: '' };
  return readers.get(read.data.type)?.(read.data) ?? { kind: 'UNKNOWN', type: read.data.type };
}

/** Types that are delivered and neither stored nor counted as unread (easemob.yaml, messageTypes). */
const signals: ReadonlySet<string> = new Set(['cmd']);

/** Whether an element of `bodies` is of a type that is in no history. */
export function isSignal(body: unknown): boolean {
  const read = bodySchema.safeParse(body);
  return read.success && signals.has(read.data.type);
}

const readers: ReadonlyMap<string, (body: Body) => Content | undefined> = new Map<
  string,
  (body: Body) => Content | undefined
>([
  ['txt', readText],
  ['img', (body) => ({ kind: 'IMAGE', ...mediaOf(body), ...body.size })],
  ['audio', (body) => ({ kind: 'AUDIO', ...mediaOf(body), durationSeconds: body.length ?? body.Length })],
  ['video', (body) => ({ kind: 'VIDEO', ...mediaOf(body), ...body.size, durationSeconds: body.length ?? body.Length })],
  ['file', (body) => ({ kind: 'FILE', ...mediaOf(body) })],
  ['loc', readLocation],
  // The older callback table has the action in msg.
  ['cmd', (body) => ({ kind: 'COMMAND', name: body.action ?? body.msg })],
  ['custom', readCustom],
  ['text', (body) => ({ kind: 'STREAM', text: body.msg, format: 'PLAIN', isComplete: body.finish })],
  ['markdown', (body) => ({ kind: 'STREAM', text: body.msg, format: 'MARKDOWN', isComplete: body.finish })],
]);

function readText(body: Body): Content | undefined {
  if (body.subType === 'sub_combine') {
    return { kind: 'MERGED', title: body.title, summary: body.summary, url: body.url };
  }
  return body.msg === null ? undefined : { kind: 'TEXT', text: body.msg, isBarrage: false };
}

/** The vendor gives an empty map also where none was sent. */
function readCustom(body: Body): Content {
  const pairs = body['v2:customExts'] ?? body.customExts ?? {};
  return { kind: 'CUSTOM', type: body.customEvent, data: Object.keys(pairs).length > 0 ? pairs : null };
}

function readLocation({ lat, lng, addr }: Body): Content | undefined {
  if (lat === null || lng === null || Math.abs(lat) > 90 || Math.abs(lng) > 180) return undefined;
  return { kind: 'LOCATION', latitude: lat, longitude: lng, name: addr };
}

function mediaOf({ url, thumb, filename, file_length }: Body): Media {
  return { url, thumbnailUrl: thumb, name: filename, byteSize: file_length };
}
