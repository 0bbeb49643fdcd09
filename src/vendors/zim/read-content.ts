import type { Content, Media } from '../../domain/content.ts';
import { dataOf, typedData } from '../../net/data-text.ts';
import { ownOf } from '../../net/keyed.ts';
import { messageTypes } from './content.ts';
import { isRecord, objectOfText } from './text.ts';

/** A message's content in any of the vendor's forms. */
export interface VendorContent {
  readonly type: number | undefined;
  readonly subtype?: number | undefined;
  /** Text, or JSON that may be percent-encoded: as sent by a server, or as read from a history. */
  readonly body: unknown;
}

type Reader = (content: VendorContent) => Content;

const readers: Readonly<Record<number, Reader>> = {
  [messageTypes.text]: ({ body }) => ({ kind: 'TEXT', text: plainText(body), isBarrage: false }),
  [messageTypes.barrage]: ({ body }) => ({ kind: 'TEXT', text: plainText(body), isBarrage: true }),
  [messageTypes.command]: ({ body }) => {
    const command = objectOfText(body);
    const name = textAt(command, 'name');
    return name === null
      ? { kind: 'COMMAND', data: dataOf(plainText(body)) }
      : { kind: 'COMMAND', name, data: command['data'] ?? null };
  },
  [messageTypes.image]: ({ body }) => ({ kind: 'IMAGE', ...mediaIn(objectOfText(body)) }),
  [messageTypes.file]: ({ body }) => ({ kind: 'FILE', ...mediaIn(objectOfText(body)) }),
  [messageTypes.audio]: ({ body }) => ({ kind: 'AUDIO', ...mediaIn(objectOfText(body)) }),
  [messageTypes.video]: ({ body }) => ({ kind: 'VIDEO', ...mediaIn(objectOfText(body)) }),
  [messageTypes.multi]: ({ body }) => ({ kind: 'COMPOSITE', parts: partsIn(objectOfText(body)) }),
  [messageTypes.merged]: ({ body }) => {
    const merged = objectOfText(body);
    return {
      kind: 'MERGED',
      title: textAt(merged, 'Title', 'title'),
      summary: textAt(merged, 'Summary', 'summary'),
      url: textAt(merged, 'download_url'),
    };
  },
  [messageTypes.custom]: ({ subtype, body }) => custom(subtype, plainText(body)),
  [messageTypes.recalled]: ({ body }) => {
    const recalled = objectOfText(body);
    return { kind: 'RECALLED', recalledById: textAt(recalled, 'user_id'), note: textAt(recalled, 'payload') };
  },
  [messageTypes.tips]: ({ body }) => notice(objectOfText(body)),
};

/** Reads content in whatever form it comes. Never throws: what it does not know is `UNKNOWN`. */
export function readContent(content: VendorContent): Content {
  const { type } = content;
  const read = type === undefined ? undefined : readers[type];
  return read ? read(content) : { kind: 'UNKNOWN', type: String(type ?? '') };
}

const plainText = (body: unknown): string =>
  typeof body === 'string' ? body : body === undefined || body === null ? '' : JSON.stringify(body);

/** The first of the values at these places (`Origin.Url`) that there is. */
function valueAt(record: Readonly<Record<string, unknown>>, places: readonly string[]): unknown {
  return places
    .map((place) =>
      place
        .split('.')
        .reduce<unknown>(
          (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
          record,
        ),
    )
    .find((value) => value !== undefined && value !== null && value !== '');
}

function textAt(record: Readonly<Record<string, unknown>>, ...places: readonly string[]): string | null {
  const value = valueAt(record, places);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** The vendor writes most numbers as text, and 0 for what it does not know. */
function numberAt(record: Readonly<Record<string, unknown>>, ...places: readonly string[]): number | null {
  const value = Number(valueAt(record, places) ?? 0);
  return Number.isFinite(value) && value > 0 ? value : null;
}

/** Names of histories and client callbacks first, then those of server sends. */
const mediaIn = (body: Readonly<Record<string, unknown>>): Media => ({
  url: textAt(body, 'download_url', 'Origin.Url', 'Url'),
  thumbnailUrl: textAt(body, 'thumbnail_download_url', 'video_first_frame_download_url', 'Thumbnail.Url'),
  name: textAt(body, 'file_name', 'FileName'),
  byteSize: numberAt(body, 'file_size', 'Size'),
  contentType: null,
  durationSeconds: numberAt(body, 'media_duration', 'MediaDuration'),
  width: numberAt(body, 'origin_image_width', 'video_first_frame_width', 'Origin.Width', 'Thumbnail.Width'),
  height: numberAt(body, 'origin_image_height', 'video_first_frame_height', 'Origin.Height', 'Thumbnail.Height'),
});

function partsIn(body: Readonly<Record<string, unknown>>): Content[] {
  const parts = valueAt(body, ['multi_msg', 'MultiMsg']);
  if (!Array.isArray(parts)) return [];
  return parts.filter(isRecord).map((part) => {
    const type = numberAt(part, 'msg_type', 'MsgType') ?? undefined;
    // Parts have no parts of their own.
    if (type === messageTypes.multi) return { kind: 'UNKNOWN', type: String(type) };
    const subtype = numberAt(part, 'sub_msg_type', 'SubMsgType') ?? undefined;
    return readContent({ type, subtype, body: valueAt(part, ['callback_content', 'Msg']) });
  });
}

/** Types that are not the vendor's numbers are carried beside the data, as `content.ts` writes them. */
function custom(subtype: number | undefined, body: string): Content {
  const data = dataOf(body);
  const typed = typedData(data);
  if (typed && (!subtype || typed.type === String(subtype))) return { kind: 'CUSTOM', ...typed };
  return { kind: 'CUSTOM', type: subtype === undefined ? null : String(subtype), data };
}

/** What the vendor's numbers for group notices stand for (catalogue: messageTypes 32). */
const noticeTypes: Readonly<Record<string, string>> = {
  1: 'created',
  2: 'dismissed',
  3: 'joined',
  4: 'invited',
  5: 'left',
  6: 'removed',
  11: 'ownerChanged',
  12: 'roleChanged',
  13: 'memberMuteChanged',
  30: 'dataChanged',
  34: 'muteChanged',
};

function notice(tips: Readonly<Record<string, unknown>>): Content {
  const type = textAt(tips, 'type');
  return {
    kind: 'NOTICE',
    type: type === null ? null : (ownOf(noticeTypes, type) ?? type),
    actorId: textAt(tips, 'op_user_info.user_id'),
    text: null,
    data: tips,
  };
}
