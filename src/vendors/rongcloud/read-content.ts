import type { Content } from '../../domain/content.ts';
import type { Mentions } from '../../domain/message.ts';
import { dataOf, typedData } from '../../net/data-text.ts';
import { ownOf } from '../../net/keyed.ts';
import { asObject, type JsonObject, numberOf, objectOf, textOf } from './json.ts';

type Reader = (body: JsonObject, type: string, depth: number) => Content;

/** How deep quotes in quotes are read. */
const maxDepth = 4;

const coordinate = (value: unknown): number => numberOf(value) ?? 0;
const wholeNumber = (value: unknown): number | null => {
  const number = numberOf(value);
  return number === null || number < 0 ? null : Math.round(number);
};

/** Pictures within messages are bare base64; what has a scheme is a URL. */
function embedded(value: unknown, mediaType: string): string | null {
  const text = textOf(value);
  if (text === null || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  return `data:${mediaType};base64,${text}`;
}

const thumbnail = (body: JsonObject) => textOf(body['thumbnailUrl']) ?? embedded(body['content'], 'image/jpeg');

const described = (body: JsonObject) => ({ name: textOf(body['name']), byteSize: wholeNumber(body['size']) });

const sized = (body: JsonObject) => ({ width: wholeNumber(body['width']), height: wholeNumber(body['height']) });

const command: Reader = (body, type) => ({ kind: 'COMMAND', name: type, data: body });
const namedCommand: Reader = (body) => ({ kind: 'COMMAND', name: textOf(body['name']), data: dataOf(body['data']) });

const notice: Reader = (body, type) => ({
  kind: 'NOTICE',
  type: textOf(body['operation']) ?? type,
  actorId: textOf(body['operatorUserId']) ?? textOf(body['sourceUserId']),
  text: textOf(body['message']),
  data: dataOf(body['data']) ?? body,
});

const isTrue = (value: unknown) => value === true || value === 1 || value === '1' || value === 'true';

/** How the vendor's message types are read, by their names. */
const readers: Readonly<Record<string, Reader>> = {
  'RC:TxtMsg': (body) => ({ kind: 'TEXT', text: textOf(body['content']) ?? '', isBarrage: false }),
  'RC:ImgMsg': (body) => ({
    kind: 'IMAGE',
    url: textOf(body['imageUri']),
    thumbnailUrl: thumbnail(body),
    ...described(body),
    ...sized(body),
  }),
  'RC:GIFMsg': (body) => ({
    kind: 'IMAGE',
    url: textOf(body['remoteUrl']),
    name: textOf(body['name']),
    byteSize: wholeNumber(body['gifDataSize']),
    ...sized(body),
  }),
  'RC:VcMsg': (body) => ({
    kind: 'AUDIO',
    url: embedded(body['content'], 'audio/amr'),
    durationSeconds: wholeNumber(body['duration']),
  }),
  'RC:HQVCMsg': (body) => ({
    kind: 'AUDIO',
    url: textOf(body['remoteUrl']),
    ...described(body),
    durationSeconds: wholeNumber(body['duration']),
  }),
  'RC:SightMsg': (body) => ({
    kind: 'VIDEO',
    url: textOf(body['sightUrl']),
    thumbnailUrl: thumbnail(body),
    ...described(body),
    ...sized(body),
    durationSeconds: wholeNumber(body['duration']),
  }),
  'RC:FileMsg': (body) => {
    const type = textOf(body['type']);
    return {
      kind: 'FILE',
      url: textOf(body['fileUrl']),
      ...described(body),
      contentType: type?.includes('/') ? type : null,
    };
  },
  'RC:LBSMsg': (body) => ({
    kind: 'LOCATION',
    latitude: coordinate(body['latitude']),
    longitude: coordinate(body['longitude']),
    name: textOf(body['poi']),
    thumbnailUrl: thumbnail(body),
  }),
  'RC:ImgTextMsg': (body) => ({
    kind: 'LINK',
    url: textOf(body['url']),
    title: textOf(body['title']),
    text: textOf(body['content']),
    imageUrl: textOf(body['imageUri']),
  }),
  'RC:ReferenceMsg': (body, _type, depth) => ({
    kind: 'REPLY',
    text: textOf(body['content']),
    quotedSenderId: textOf(body['referMsgUserId']),
    quoted:
      body['referMsg'] === undefined ? null : readContent(textOf(body['objName']) ?? '', body['referMsg'], depth + 1),
  }),
  'RC:CombineMsg': (body) => ({
    kind: 'MERGED',
    title: texts(body['nameList']),
    summary: texts(body['summaryList']),
    url: textOf(body['remoteUrl']),
  }),
  'RC:StreamMsg': (body) => ({
    kind: 'STREAM',
    text: textOf(body['content']),
    format: /markdown/i.test(String(body['type'])) ? 'MARKDOWN' : 'PLAIN',
    isComplete: isTrue(body['complete']),
  }),
  'RC:CmdNtf': namedCommand,
  'RC:CmdMsg': namedCommand,
  'RC:TypSts': command,
  'RC:ReadNtf': command,
  'RC:RRReqMsg': command,
  'RC:RRRspMsg': command,
  'RC:SRSMsg': command,
  'RC:MsgExMsg': command,
  'RC:VCInvite': command,
  'RC:InfoNtf': notice,
  'RC:GrpNtf': notice,
  'RC:ContactNtf': notice,
  'RC:ProfileNtf': notice,
  'RC:chrmKVNotiMsg': notice,
  'RC:DizNtf': notice,
  'RC:RcCmd': (body) => ({ kind: 'RECALLED', note: textOf(body['extra']) }),
  'RC:RcNtf': (body) => ({
    kind: 'RECALLED',
    recalledById: textOf(body['operatorId']),
    note: textOf(body['recallContent']),
  }),
};

const texts = (value: unknown): string | null =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string').join('\n') || null : textOf(value);

/**
 * What a message says. Takes the vendor's type and the content as text or object; types of the vendor's own that are not
 * known are `UNKNOWN`, all others are the app's own. Never throws.
 */
export function readContent(type: string, content: unknown, depth = 0): Content {
  const reader = ownOf(readers, type);
  if (reader && depth <= maxDepth) return reader(objectOf(content), type, depth);
  if (reader || type === '' || type.startsWith('RC:')) return { kind: 'UNKNOWN', type };
  return { kind: 'CUSTOM', type, data: customData(type, dataOf(content)) };
}

/** What stands beside the app's data in one object: the metadata, and whom it mentions. */
export const besideKeys: ReadonlySet<string> = new Set(['extra', 'mentionedInfo']);

/** The app's data without what stands beside it; out of its envelope, if `content.ts` put it into one. */
function customData(type: string, content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  const own = Object.fromEntries(Object.entries(content).filter(([key]) => !besideKeys.has(key)));
  const typed = typedData(own);
  return typed?.type === type ? typed.data : own;
}

/** Whom a content mentions; null when nobody. */
export function readMentions(content: unknown): Mentions | null {
  const info = objectOf(objectOf(content)['mentionedInfo']);
  const type = numberOf(info['type']);
  if (type !== 1 && type !== 2) return null;
  const ids = Array.isArray(info['userIdList']) ? info['userIdList'] : [];
  return { everyone: type === 1, userIds: ids.filter((id) => typeof id === 'string' && id !== '') };
}

/** What an app put beside a content; null where there is nothing. */
export const readMetadata = (content: unknown): unknown => dataOf(asObject(objectOf(content))['extra']);
