import type { Media, OutgoingContent } from '../../domain/content.ts';
import type { Mentions } from '../../domain/message.ts';
import { dataText, isPlainData, metadataText } from '../../net/data-text.ts';
import type { JsonObject } from './json.ts';
import { besideKeys } from './read-content.ts';
import { badInput, notSupported } from './refusals.ts';

/** A message as the vendor takes it. */
export interface WireContent {
  readonly objectName: string;
  readonly content: string;
}

/** What goes into the content beside it. */
export interface Beside {
  readonly mentions?: Mentions | undefined;
  readonly metadata?: unknown;
}

type Built = { readonly objectName: string; readonly body: object | string };

/**
 * Content in the vendor's form. Takes the app's own data as the content of a type of its own, and what the vendor has a
 * field for of everything else. Throws `NOT_SUPPORTED` for a choice that it lacks, `BAD_USER_INPUT` for a reserved type.
 */
export function wireContent(content: OutgoingContent, { mentions, metadata }: Beside = {}): WireContent {
  const { objectName, body } = build(content);
  const beside = {
    ...(mentions && { mentionedInfo: mentionedInfo(mentions) }),
    ...(metadata !== undefined && metadata !== null && { extra: metadataText(metadata) }),
  };
  if (Object.keys(beside).length === 0) return { objectName, content: dataText(body) };
  if (typeof body === 'string' || Array.isArray(body)) {
    const input = mentions ? 'input.mentions' : 'input.metadata';
    throw notSupported(input, 'Content that is not an object has no place for it.');
  }
  return { objectName, content: JSON.stringify({ ...body, ...beside }) };
}

const mentionedInfo = ({ everyone, userIds }: Mentions) =>
  everyone ? { type: 1, userIdList: [] } : { type: 2, userIdList: userIds };

function build(content: OutgoingContent): Built {
  switch (content.kind) {
    case 'TEXT':
      if (content.isBarrage) throw notSupported('input.content.text.isBarrage');
      return { objectName: 'RC:TxtMsg', body: { content: content.text } };
    case 'IMAGE':
    case 'AUDIO':
    case 'VIDEO':
    case 'FILE':
      return media(content);
    case 'LOCATION':
      return {
        objectName: 'RC:LBSMsg',
        body: compact({
          latitude: content.latitude,
          longitude: content.longitude,
          poi: content.name,
          ...thumbnail(content.thumbnailUrl),
        }),
      };
    case 'COMMAND':
      return { objectName: 'RC:CmdMsg', body: { name: content.name, data: commandData(content.data) } };
    case 'CUSTOM':
      return custom(content);
    case 'COMPOSITE':
      throw notSupported('input.content.composite');
  }
}

type OutgoingMedia = Extract<OutgoingContent, { url: string }>;

/** What each type is given a place for, besides URL, name and size; readers of this API find all of it again. */
const places: Readonly<Record<OutgoingMedia['kind'], readonly (keyof Media)[]>> = {
  IMAGE: ['thumbnailUrl', 'width', 'height'],
  AUDIO: ['durationSeconds'],
  VIDEO: ['thumbnailUrl', 'durationSeconds', 'width', 'height'],
  FILE: ['contentType'],
};

function refuseUnplaced(content: OutgoingMedia): void {
  for (const field of ['thumbnailUrl', 'contentType', 'durationSeconds', 'width', 'height'] as const) {
    const isGiven = content[field] !== undefined && content[field] !== null;
    if (isGiven && !places[content.kind].includes(field))
      throw notSupported(`input.content.${content.kind.toLowerCase()}.${field}`);
  }
}

function media(content: OutgoingMedia): Built {
  refuseUnplaced(content);
  const { url, name, byteSize, contentType, durationSeconds, width, height } = content;
  const shared = { name, size: byteSize };
  const duration = durationSeconds;
  switch (content.kind) {
    case 'IMAGE':
      return {
        objectName: 'RC:ImgMsg',
        body: compact({ imageUri: url, ...thumbnail(content.thumbnailUrl), ...shared, width, height }),
      };
    case 'AUDIO':
      return { objectName: 'RC:HQVCMsg', body: compact({ remoteUrl: url, ...shared, duration }) };
    case 'VIDEO':
      return {
        objectName: 'RC:SightMsg',
        body: compact({ sightUrl: url, ...thumbnail(content.thumbnailUrl), ...shared, duration, width, height }),
      };
    case 'FILE':
      return {
        objectName: 'RC:FileMsg',
        body: compact({ fileUrl: url, ...shared, type: contentType ?? extensionOf(name) }),
      };
  }
}

function custom({ type, data, searchText }: Extract<OutgoingContent, { kind: 'CUSTOM' }>): Built {
  if (type.startsWith('RC:')) {
    throw badInput('input.content.custom.type', 'must not begin with RC:, as the types of the vendor do');
  }
  if (searchText !== undefined && searchText !== null) throw notSupported('input.content.custom.searchText');
  return { objectName: type, body: isPlain(data, type) ? data : { type, data: data ?? null } };
}

/** Whether data is its own content, with room for what stands beside it; other data goes into an envelope. */
const isPlain = (data: unknown, type: string): data is object | string =>
  isPlainData(data, (each) => each === type) && !Object.keys(Object(data)).some((key) => besideKeys.has(key));

/** The vendor's clients read a text here; none stands for no data. Numbers and booleans stay what they are. */
const commandData = (data: unknown): unknown =>
  typeof data === 'number' || typeof data === 'boolean' ? data : dataText(data ?? '');

/** The vendor carries small pictures as base64 within the message; a URL is kept beside it, for readers of this API. */
function thumbnail(url: string | null | undefined): JsonObject {
  const inline = url === undefined || url === null ? undefined : /^data:[^,]*;base64,(.+)$/s.exec(url)?.[1];
  return inline === undefined ? { thumbnailUrl: url } : { content: inline };
}

const extensionOf = (name: string | null | undefined) => name?.match(/\.([A-Za-z0-9]{1,8})$/)?.[1];

const compact = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== null));
