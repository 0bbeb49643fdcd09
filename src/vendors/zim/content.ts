import { randomUUID } from 'node:crypto';
import type { Media, OutgoingContent, OutgoingPart } from '../../domain/content.ts';
import { AppError } from '../../errors.ts';
import { dataText, isPlainData } from '../../net/data-text.ts';

/** The vendor's message types (catalogue: messageTypes). */
export const messageTypes = {
  text: 1,
  command: 2,
  multi: 10,
  image: 11,
  file: 12,
  audio: 13,
  video: 14,
  barrage: 20,
  recalled: 31,
  tips: 32,
  merged: 100,
  custom: 200,
} as const;

/** Content as the vendor's sends take it: media as JSON text inside the text. */
export interface SendForm {
  readonly MessageType: number;
  readonly Message: string;
  readonly SubMsgType?: number | undefined;
  readonly SearchedContent?: string | undefined;
}

/** Writes content in the form of the vendor's sends. Throws `NOT_SUPPORTED` for kinds and fields it has no place for. */
export function sendForm(content: OutgoingContent): SendForm {
  switch (content.kind) {
    case 'TEXT':
      return { MessageType: content.isBarrage ? messageTypes.barrage : messageTypes.text, Message: content.text };
    case 'IMAGE':
      return media(messageTypes.image, content, {
        Origin: picture(content.url, content),
        ...(content.thumbnailUrl && { Thumbnail: picture(content.thumbnailUrl, content) }),
      });
    case 'FILE':
      return media(messageTypes.file, content, { Url: content.url });
    case 'AUDIO':
      return media(messageTypes.audio, content, { Url: content.url, ...duration(content) });
    case 'VIDEO':
      return media(messageTypes.video, content, {
        Url: content.url,
        ...duration(content),
        ...(content.thumbnailUrl && { Thumbnail: picture(content.thumbnailUrl, content) }),
      });
    case 'COMMAND':
      return { MessageType: messageTypes.command, Message: dataText({ name: content.name, data: content.data }) };
    case 'CUSTOM':
      return custom(content);
    case 'LOCATION':
      throw new AppError('NOT_SUPPORTED', 'This vendor has no messages that show a place.', {
        input: 'input.content.location',
      });
    case 'COMPOSITE':
      return { MessageType: messageTypes.multi, Message: JSON.stringify({ MultiMsg: content.parts.map(partForm) }) };
  }
}

/** One part of several. Throws `NOT_SUPPORTED` for the kinds that only stand alone. */
function partForm(part: OutgoingPart, index: number) {
  const { MessageType: MsgType, Message: Msg, ...rest } = sendForm(part);
  const standsAlone: readonly number[] = [messageTypes.command, messageTypes.barrage];
  if (!standsAlone.includes(MsgType)) return { MsgType, Msg, ...rest };
  const input = `input.content.composite[${index}]`;
  throw new AppError('NOT_SUPPORTED', `At this vendor ${input} cannot be a part of others.`, { input });
}

type OutgoingMedia = Extract<OutgoingContent, { readonly url: string }>;

/** What the vendor's documents have a place for, besides URL, name and size. */
const places: Readonly<Record<OutgoingMedia['kind'], readonly (keyof Media)[]>> = {
  IMAGE: ['thumbnailUrl', 'width', 'height'],
  AUDIO: ['durationSeconds'],
  VIDEO: ['thumbnailUrl', 'durationSeconds', 'width', 'height'],
  FILE: [],
};

/** Throws `NOT_SUPPORTED` for what would be lost: the size of a video is that of its first picture. */
function refuseUnplaced(content: OutgoingMedia): void {
  const { kind, thumbnailUrl } = content;
  const hasPlace = (field: keyof Media) =>
    places[kind].includes(field) && !(kind === 'VIDEO' && /width|height/.test(field) && !thumbnailUrl);
  for (const field of ['thumbnailUrl', 'contentType', 'durationSeconds', 'width', 'height'] as const) {
    if (content[field] === undefined || content[field] === null || hasPlace(field)) continue;
    const input = `input.content.${kind.toLowerCase()}.${field}`;
    throw new AppError('NOT_SUPPORTED', `This vendor's messages have no place for ${input}.`, { input });
  }
}

function media(MessageType: number, content: OutgoingMedia, own: object): SendForm {
  refuseUnplaced(content);
  const body = {
    Uid: randomUUID(),
    ...own,
    FileName: content.name || nameIn(content.url),
    ...(typeof content.byteSize === 'number' && { Size: content.byteSize }),
  };
  return { MessageType, Message: JSON.stringify(body) };
}

/** Both sizes are required, not 0, and put right by the vendor when they are wrong. */
const picture = (Url: string, { width, height }: OutgoingMedia) => ({ Url, Width: width || 1, Height: height || 1 });

const duration = ({ durationSeconds }: OutgoingMedia) =>
  typeof durationSeconds === 'number' ? { MediaDuration: durationSeconds } : {};

/** The vendor requires a name: the last part of the URL's path will do. */
function nameIn(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1).slice(0, 100) || 'file';
}

const largestSubtype = 200;

/** The vendor's own types are numbers up to 200; other names travel with the data, as does what has no text of its own. */
function custom({ type, data, searchText }: Extract<OutgoingContent, { kind: 'CUSTOM' }>): SendForm {
  const isNumber = /^(0|[1-9]\d{0,2})$/.test(type) && Number(type) <= largestSubtype;
  const isPlain = isNumber && isPlainData(data, (each) => each === type || type === '0');
  return {
    MessageType: messageTypes.custom,
    Message: dataText(isPlain ? data : { type, data: data ?? null }),
    SubMsgType: isNumber ? Number(type) : undefined,
    SearchedContent: searchText ?? undefined,
  };
}
