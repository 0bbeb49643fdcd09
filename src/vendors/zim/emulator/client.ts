import type { EmulatedState, NewMessage } from '../../../emulator/state.ts';
import type { ClientMessage, EmulatedApp } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { messageTypes } from './content.ts';
import { isFleeting, keep } from './draft.ts';
import { codes } from './failures.ts';
import { receiverProblem } from './message.ts';
import { isMuted } from './muted.ts';
import { object, optionalText, text } from './values.ts';

interface Written {
  readonly type: number;
  readonly message: string;
  readonly subType?: number;
}

const numberOf = (content: Params, name: string): number => Math.round(Number(content[name] ?? 0));
const fileName = (content: Params, ending: string): string =>
  text(content, 'name') || text(content, 'url').split('/').at(-1) || `file.${ending}`;

const sizeOf = (content: Params): Params => ({
  Width: numberOf(content, 'width') || 1,
  Height: numberOf(content, 'height') || 1,
});

function media(type: number, content: Params, ending: string, more: Params): Written {
  const common = {
    Uid: `${Math.random()}`.slice(2),
    FileName: fileName(content, ending),
    Size: numberOf(content, 'byteSize'),
  };
  return { type, message: JSON.stringify({ ...common, ...more }) };
}

const thumbnail = (content: Params): Params =>
  text(content, 'thumbnailUrl') === '' ? {} : { Thumbnail: { Url: text(content, 'thumbnailUrl'), ...sizeOf(content) } };

/** `CUSTOM` whose type is a number is that own type; any other type travels inside the text. */
function custom(content: Params): Written {
  const name = String(content['type'] ?? 0);
  const data = typeof content['data'] === 'string' ? content['data'] : JSON.stringify(content['data'] ?? {});
  const isNumber = /^\d{1,3}$/.test(name) && Number(name) <= 200;
  if (isNumber) return { type: messageTypes.custom, message: data, subType: Number(name) };
  return { type: messageTypes.custom, message: JSON.stringify({ type: name, data: content['data'] ?? {} }) };
}

/** Neutral contents in the vendor's send form. It has no type for places: they go as a custom message. */
const writers: Readonly<Record<string, (content: Params) => Written>> = {
  TEXT: (content) => ({ type: messageTypes.text, message: text(content, 'text') }),
  IMAGE: (content) => {
    const Origin = { Url: text(content, 'url'), ...sizeOf(content) };
    return media(messageTypes.image, content, 'png', { Origin, ...thumbnail(content) });
  },
  FILE: (content) => media(messageTypes.file, content, 'bin', { Url: text(content, 'url') }),
  AUDIO: (content) =>
    media(messageTypes.audio, content, 'm4a', {
      Url: text(content, 'url'),
      MediaDuration: numberOf(content, 'durationSeconds'),
    }),
  VIDEO: (content) =>
    media(messageTypes.video, content, 'mp4', {
      Url: text(content, 'url'),
      MediaDuration: numberOf(content, 'durationSeconds'),
      ...thumbnail(content),
    }),
  COMMAND: ({ name, data }) => ({ type: messageTypes.command, message: JSON.stringify({ name, data }) }),
  LOCATION: ({ kind: _, ...place }) => ({ type: messageTypes.custom, message: JSON.stringify(place) }),
  CUSTOM: custom,
};

interface Draft {
  readonly type: number;
  readonly body: Params;
  readonly subType: number;
  /** Where it has one already: it was asked about. */
  readonly id?: string | undefined;
}

function write(content: Params): Draft {
  const writer = writers[text(content, 'kind')];
  if (writer) {
    const { type, message, subType = 0 } = writer(content);
    return { type, body: { Message: message }, subType };
  }
  const { type, body } = content;
  if (!Number.isInteger(Number(type)) || body === undefined)
    throw new Error('content has neither a known kind nor type and body');
  return {
    type: Number(type),
    body: typeof body === 'string' ? { Message: body } : object(body),
    subType: numberOf(content, 'subType'),
    id: optionalText(content, 'id'),
  };
}

function checkParties({ from, to }: ClientMessage, state: EmulatedState): void {
  if (!state.users.has(from)) throw new Error(`no user ${from}`);
  if (to.kind === 'direct') {
    if (!state.users.has(to.id)) throw new Error(`no user ${to.id}`);
    return;
  }
  const space = state.spaces(to.kind).get(to.id);
  if (!space) throw new Error(`no ${to.kind} ${to.id}`);
  if (!space.members.has(from)) throw new Error(`${from} is not in the ${to.kind} ${to.id}`);
}

/** Why a client's message is refused. */
function problemOf({ kind, from, to }: NewMessage, state: EmulatedState): number | undefined {
  if (kind === 'direct') return receiverProblem(state, from, to);
  const group = kind === 'group' ? state.groups.get(to) : undefined;
  return group && isMuted(group, from, state.now()) ? codes.mayNot : undefined;
}

/** What a client sends, before it is looked at who may have it. Throws on unknown users and spaces. */
export function draftOf(message: ClientMessage, state: EmulatedState): NewMessage {
  checkParties(message, state);
  const { type, body, subType } = write(message.content);
  return {
    kind: message.to.kind,
    from: message.from,
    to: message.to.id,
    type: String(type),
    body,
    source: 'client',
    extra: new Map([['SubMsgType', subType]]),
  };
}

/** A muted or blocked sender's message is refused and reported so by `send_msg`. */
export function sendAsClient(message: ClientMessage, app: EmulatedApp): void {
  const { state } = app;
  const wanted = draftOf(message, state);
  const problem = problemOf(wanted, state);
  if (problem) state.refused([wanted], String(problem));
  else if (!isFleeting(wanted.type)) state.sent([keep(state, wanted, write(message.content).id)]);
}
