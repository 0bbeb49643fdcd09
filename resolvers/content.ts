import type { Content, Media, OutgoingContent, OutgoingPart } from '../src/domain/content.ts';
import type { AppView } from '../src/domain/context.ts';
import type { ContentNode } from '../src/domain/node.ts';
import { AppError } from '../src/errors.ts';
import type { MediaContentInput, MessageContentInput, Resolvers } from '../src/generated/graphql.ts';
import { userNode } from './nodes.ts';

export const contentNode = (app: string, content: Content | null | undefined): ContentNode | null =>
  content ? { app, content } : null;

/** A field of the content that goes out under its own name. */
const own =
  <C extends Content, F extends keyof C>(field: F) =>
  ({ content }: { readonly content: C }) =>
    content[field];

type Of<K extends Content['kind']> = Extract<Content, { kind: K }>;

const userOf = (app: string, id: string | null | undefined) => (id ? userNode(app, id) : null);

/** Vendors tell fractions too; the schema has whole seconds. */
const wholeSeconds = ({ durationSeconds }: Media) =>
  typeof durationSeconds === 'number' ? Math.round(durationSeconds) : null;

/** What a message says, by kind. */
export const contents = {
  MessageContent: { __resolveType: ({ content }) => contentTypes[content.kind] },
  TextContent: { text: own<Of<'TEXT'>, 'text'>('text'), isBarrage: own<Of<'TEXT'>, 'isBarrage'>('isBarrage') },
  ImageContent: media('url', 'thumbnailUrl', 'name', 'byteSize', 'width', 'height'),
  AudioContent: { ...media('url', 'name', 'byteSize'), durationSeconds: ({ content }) => wholeSeconds(content) },
  VideoContent: {
    ...media('url', 'thumbnailUrl', 'name', 'byteSize', 'width', 'height'),
    durationSeconds: ({ content }) => wholeSeconds(content),
  },
  FileContent: media('url', 'name', 'byteSize', 'contentType'),
  LocationContent: {
    latitude: ({ content }) => content.latitude,
    longitude: ({ content }) => content.longitude,
    name: ({ content }) => content.name ?? null,
    thumbnailUrl: ({ content }) => content.thumbnailUrl ?? null,
  },
  LinkContent: {
    url: ({ content }) => content.url ?? null,
    title: ({ content }) => content.title ?? null,
    text: ({ content }) => content.text ?? null,
    imageUrl: ({ content }) => content.imageUrl ?? null,
  },
  ReplyContent: {
    text: ({ content }) => content.text ?? null,
    quotedSender: ({ app, content }) => userOf(app, content.quotedSenderId),
    quoted: ({ app, content }) => contentNode(app, content.quoted),
  },
  CompositeContent: { parts: ({ app, content }) => content.parts.map((part) => ({ app, content: part })) },
  MergedContent: {
    title: ({ content }) => content.title ?? null,
    summary: ({ content }) => content.summary ?? null,
    url: ({ content }) => content.url ?? null,
  },
  StreamContent: {
    text: ({ content }) => content.text ?? null,
    format: ({ content }) => content.format,
    isComplete: ({ content }) => content.isComplete,
  },
  CommandContent: { name: ({ content }) => content.name ?? null, data: ({ content }) => content.data ?? null },
  CustomContent: { type: ({ content }) => content.type ?? null, data: ({ content }) => content.data ?? null },
  NoticeContent: {
    type: ({ content }) => content.type ?? null,
    actor: ({ app, content }) => userOf(app, content.actorId),
    text: ({ content }) => content.text ?? null,
    data: ({ content }) => content.data ?? null,
  },
  RecalledContent: {
    recalledBy: ({ app, content }) => userOf(app, content.recalledById),
    note: ({ content }) => content.note ?? null,
  },
  UnknownContent: { type: ({ content }) => content.type },
} satisfies Resolvers;

const contentTypes = {
  TEXT: 'TextContent',
  IMAGE: 'ImageContent',
  AUDIO: 'AudioContent',
  VIDEO: 'VideoContent',
  FILE: 'FileContent',
  LOCATION: 'LocationContent',
  LINK: 'LinkContent',
  REPLY: 'ReplyContent',
  COMPOSITE: 'CompositeContent',
  MERGED: 'MergedContent',
  STREAM: 'StreamContent',
  COMMAND: 'CommandContent',
  CUSTOM: 'CustomContent',
  NOTICE: 'NoticeContent',
  RECALLED: 'RecalledContent',
  UNKNOWN: 'UnknownContent',
} as const satisfies Record<Content['kind'], string>;

/** Those fields of a picture, recording or file that its type has in the schema. */
function media<F extends keyof Media>(...fields: readonly F[]) {
  type Parent = { readonly content: Media };
  return Object.fromEntries(fields.map((field) => [field, ({ content }: Parent) => content[field] ?? null])) as {
    [K in F]: (parent: Parent) => NonNullable<Media[K]> | null;
  };
}

/** Refuses content with `NOT_SUPPORTED` that the app's vendor does not take. */
export function takesContent(view: AppView, input: MessageContentInput, at = 'input.content'): void {
  view.takes('MessageContentInput', input, at);
  const { text, composite } = input;
  view.takes('TextContentInput', text?.isBarrage === false ? { text: text.text } : text, `${at}.text`);
  for (const [index, part] of (composite ?? []).entries()) takesContent(view, part, `${at}.composite[${index}]`);
}

/**
 * The one kind of content given, in the domain's words. Throws `BAD_USER_INPUT` for coordinates off the globe, empty texts and
 * composites of composites.
 */
export function outgoingContent(input: MessageContentInput, at = 'input.content'): OutgoingContent {
  if (!input.composite) return outgoingPart(input, at);
  const { length } = input.composite;
  if (length < 2 || length > 10) throw bad(at, 'composite', `must have 2 to 10 parts, and has ${length}`);
  return {
    kind: 'COMPOSITE',
    parts: input.composite.map((part, index) => outgoingPart(part, `${at}.composite[${index}]`)),
  };
}

function outgoingPart(input: MessageContentInput, at: string): OutgoingPart {
  const { text, image, audio, video, file, location, command, custom } = input;
  if (text) {
    if (text.text === '') throw bad(at, 'text.text', 'must not be empty');
    return { kind: 'TEXT', text: text.text, isBarrage: text.isBarrage ?? false };
  }
  if (image) return outgoingMedia('IMAGE', image, at);
  if (audio) return outgoingMedia('AUDIO', audio, at);
  if (video) return outgoingMedia('VIDEO', video, at);
  if (file) return outgoingMedia('FILE', file, at);
  if (location) {
    const { latitude, longitude, name, thumbnailUrl } = location;
    if (Math.abs(latitude) > 90) throw bad(at, 'location.latitude', 'must be from -90 to 90');
    if (Math.abs(longitude) > 180) throw bad(at, 'location.longitude', 'must be from -180 to 180');
    return { kind: 'LOCATION', latitude, longitude, name, thumbnailUrl };
  }
  if (command) return { kind: 'COMMAND', name: command.name, data: command.data };
  if (custom) return { kind: 'CUSTOM', type: custom.type, data: custom.data, searchText: custom.searchText };
  if (input.composite) throw bad(at, 'composite', 'must not be inside another');
  throw bad(at, '', 'must hold exactly one kind');
}

function outgoingMedia(kind: 'IMAGE' | 'AUDIO' | 'VIDEO' | 'FILE', input: MediaContentInput, at: string): OutgoingPart {
  for (const field of ['durationSeconds', 'width', 'height'] as const) {
    if ((input[field] ?? 0) < 0) throw bad(at, `${kind.toLowerCase()}.${field}`, 'must not be negative');
  }
  return { kind, ...input };
}

function bad(at: string, path: string, what: string): AppError {
  const input = `${at}${path === '' ? '' : `.${path}`}`;
  return new AppError('BAD_USER_INPUT', `${input} ${what}.`, { input });
}
