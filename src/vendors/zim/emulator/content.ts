import { createHash } from 'node:crypto';
import type { Params } from '../../../emulator/wire.ts';
import { codes } from './failures.ts';
import { byteLength, object, objects, text, whole } from './values.ts';

/** Message types by the vendor's numbers (catalogue: messageTypes). */
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
  custom: 200,
} as const;

const encodedTypes: readonly number[] = [10, 11, 12, 13, 14];
const multiItemTypes: readonly number[] = [1, 11, 12, 13, 14, 200];
const mostItems = 20;

/** Whether the message is a JSON document inside a string. */
const isDocument = (type: number): boolean => encodedTypes.includes(type);

function parseDocument(message: string): Params | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? object(value) : undefined;
  } catch {
    return undefined;
  }
}

const isUrl = (holder: Params) => text(holder, 'Url') !== '' && byteLength(text(holder, 'Url')) <= 500;
const hasSize = (holder: Params) => whole(holder, 'Width') !== undefined && whole(holder, 'Height') !== undefined;
const isFirstFrame = (holder: Params) =>
  isUrl(holder) && Boolean(whole(holder, 'Width')) && Boolean(whole(holder, 'Height'));

function isSoundMedia(type: number, content: Params): boolean {
  const fileName = text(content, 'FileName');
  if (text(content, 'Uid') === '' || fileName === '' || byteLength(fileName) > 150) return false;
  if (type === messageTypes.image) return isUrl(object(content['Origin'])) && hasSize(object(content['Origin']));
  const thumbnail = content['Thumbnail'];
  if (type === messageTypes.video && thumbnail !== undefined && !isFirstFrame(object(thumbnail))) return false;
  return isUrl(content);
}

function isSoundMulti(content: Params): boolean {
  const items = objects(content, 'MultiMsg');
  const isSound = (item: Params) => {
    const type = whole(item, 'MsgType') ?? 0;
    return multiItemTypes.includes(type) && contentProblem(type, text(item, 'Msg')) === undefined;
  };
  return items.length > 0 && items.length <= mostItems && items.every(isSound);
}

/** Why a message's content is refused: a media document without its required fields, an empty text. */
export function contentProblem(type: number, message: string): number | undefined {
  if (message === '') return codes.badParameter;
  if (!isDocument(type)) return undefined;
  const content = parseDocument(message);
  const isSound = content && (type === messageTypes.multi ? isSoundMulti(content) : isSoundMedia(type, content));
  return isSound ? undefined : codes.badMessageField;
}

/** Fields of a picture under the names that its role has in the read form; none when it is not there. */
function picture(holder: unknown, url: string, size: string): Params {
  const image = object(holder);
  if (text(image, 'Url') === '') return {};
  return {
    [url]: text(image, 'Url'),
    [`${size}_width`]: whole(image, 'Width') ?? 0,
    [`${size}_height`]: whole(image, 'Height') ?? 0,
  };
}

function mediaReadForm(type: number, content: Params): Params {
  const origin = object(content['Origin']);
  const url = type === messageTypes.image ? text(origin, 'Url') : text(content, 'Url');
  const common = {
    md5: createHash('md5').update(url).digest('hex'),
    file_name: text(content, 'FileName'),
    file_size: String(whole(content, 'Size') ?? 0),
    download_url: url,
  };
  if (type === messageTypes.image) {
    return {
      ...common,
      origin_image_width: whole(origin, 'Width') ?? 0,
      origin_image_height: whole(origin, 'Height') ?? 0,
      ...picture(content['LargeImage'], 'large_image_download_url', 'large_image'),
      ...picture(content['Thumbnail'], 'thumbnail_download_url', 'thumbnail'),
    };
  }
  if (type === messageTypes.file) return common;
  const played = { ...common, media_duration: String(whole(content, 'MediaDuration') ?? 0) };
  if (type === messageTypes.audio) return played;
  return { ...played, ...picture(content['Thumbnail'], 'video_first_frame_download_url', 'video_first_frame') };
}

function multiReadForm(content: Params): Params {
  const items = objects(content, 'MultiMsg').map((item) => {
    const type = whole(item, 'MsgType') ?? 0;
    const message = text(item, 'Msg');
    return {
      msg_type: type,
      ...(type === messageTypes.custom ? { sub_msg_type: whole(item, 'SubMsgType') ?? 0 } : {}),
      callback_content: isDocument(type) ? mediaReadForm(type, parseDocument(message) ?? {}) : message,
    };
  });
  return { multi_msg: items };
}

/** JSON, percent-encoded, as `MsgBody` has it. */
export const encodeDocument = (document: Params): string => encodeURIComponent(JSON.stringify(document));

/** What was sent, as it is read: raw text, or a percent-encoded document with other names than the send form's. */
export function readForm(type: number, message: string): string {
  if (!isDocument(type)) return message;
  const content = parseDocument(message) ?? {};
  return encodeDocument(type === messageTypes.multi ? multiReadForm(content) : mediaReadForm(type, content));
}
