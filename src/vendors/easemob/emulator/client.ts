import type { ClientMessage, EmulatedApp } from '../../../emulator/vendor.ts';
import { keepMessage } from './message.ts';
import { type Fields, fieldsOf, userIdOf } from './values.ts';

/** Content in the vendor's own form. */
export interface VendorContent {
  readonly type: string;
  readonly body: Fields;
  readonly ext?: Fields;
  /** The message ID, where it was given out before the message was sent. */
  readonly id?: string;
}

const size = ({ width, height }: Fields) =>
  width === undefined && height === undefined ? {} : { size: { width, height } };
const file = ({ url, name, byteSize }: Fields) => ({
  url,
  ...(name !== undefined && { filename: name }),
  ...(byteSize !== undefined && { file_length: byteSize }),
});
const length = ({ durationSeconds }: Fields) => (durationSeconds === undefined ? {} : { length: durationSeconds });

/** Neutral content to the vendor's type and body (easemob.yaml, messageTypes). A command's data travels in ext. */
const converters: Readonly<Record<string, (content: Fields) => VendorContent>> = {
  TEXT: ({ text }) => ({ type: 'txt', body: { msg: text } }),
  IMAGE: (content) => ({ type: 'img', body: { ...file(content), ...size(content) } }),
  AUDIO: (content) => ({ type: 'audio', body: { ...file(content), ...length(content) } }),
  VIDEO: (content) => ({
    type: 'video',
    body: {
      ...file(content),
      ...length(content),
      ...size(content),
      ...(content['thumbnailUrl'] !== undefined && { thumb: content['thumbnailUrl'] }),
    },
  }),
  FILE: (content) => ({ type: 'file', body: file(content) }),
  LOCATION: ({ latitude, longitude, name }) => ({
    type: 'loc',
    body: { lat: String(latitude), lng: String(longitude), addr: typeof name === 'string' ? name : '' },
  }),
  COMMAND: ({ name, data }) => ({ type: 'cmd', body: { action: name }, ext: fieldsOf(data) }),
  CUSTOM: ({ type, data }) => ({ type: 'custom', body: { customEvent: type, customExts: textPairs(data) } }),
};

/** customExts holds texts only. */
function textPairs(data: unknown): Record<string, string> {
  const pairs = Object.entries(fieldsOf(data));
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

export function toVendor(content: Fields): VendorContent {
  const { kind, type, body, ext, id } = content;
  if (typeof kind !== 'string')
    return { type: String(type), body: fieldsOf(body), ext: fieldsOf(ext), ...(typeof id === 'string' && { id }) };
  const convert = converters[kind];
  if (!convert) throw new Error(`no content kind ${kind}; there are ${Object.keys(converters).join(', ')}`);
  return convert(content);
}

/** Throws where the vendor would not deliver what a client sends: unknown users or spaces, strangers, a blocked sender. */
export function checkClient(from: string, to: ClientMessage['to'], { state }: EmulatedApp): void {
  if (!state.users.has(from)) throw new Error(`no user ${from}`);
  if (to.kind === 'direct') {
    const receiver = state.users.get(userIdOf(to.id));
    if (!receiver) throw new Error(`no user ${to.id}`);
    if (receiver.blocklist.has(from)) throw new Error(`${to.id} blocks ${from}`);
    return;
  }
  const space = state.spaces(to.kind).get(to.id);
  if (!space) throw new Error(`no ${to.kind} ${to.id}`);
  if (!space.members.has(from)) throw new Error(`${from} is not in ${to.kind} ${to.id}`);
}

/** Keeps a message of a client and tells the state. */
export function sendAsClient({ from: sender, to, content }: ClientMessage, app: EmulatedApp): void {
  const from = userIdOf(sender);
  checkClient(from, to, app);
  const { type, body, ext = {}, id } = toVendor(content);
  const target = to.kind === 'direct' ? userIdOf(to.id) : to.id;
  const message = { kind: to.kind, from, to: target, type, body, ext, source: 'client' } as const;
  app.state.sent([keepMessage(app.state, message, id)]);
}
