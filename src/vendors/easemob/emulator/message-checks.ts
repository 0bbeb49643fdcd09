import { EmulatorFailure } from '../../../emulator/failure.ts';
import type { Params, WireReply } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';
import { refuse } from './failures.ts';
import { byteLength, type Fields, fieldsOf, isObject, textOf, textsOf } from './values.ts';

interface SendRules {
  readonly maxTargets: number;
  readonly isTargeted: boolean;
}

const rulesById: Readonly<Record<string, SendRules>> = {
  'easemob.message.user.send': { maxTargets: 600, isTargeted: false },
  'easemob.message.group.send': { maxTargets: 3, isTargeted: false },
  'easemob.message.chatroom.send': { maxTargets: 10, isTargeted: false },
  'easemob.message.group.sendTargeted': { maxTargets: 1, isTargeted: true },
  'easemob.message.chatroom.sendTargeted': { maxTargets: 1, isTargeted: true },
};

export function sendRules(endpoint: CatalogueEndpoint): SendRules {
  return rulesById[endpoint.id] ?? { maxTargets: 1, isTargeted: false };
}

/** What each type's body must have (easemob.yaml, messageTypes). */
const requiredFields: Readonly<Record<string, readonly string[]>> = {
  txt: ['msg'],
  img: ['url'],
  audio: ['url'],
  video: ['url'],
  file: ['url'],
  loc: ['lat', 'lng', 'addr'],
  cmd: [],
  custom: [],
};

const maxBytes = 5 * 1024;
const maxUsers = 20;
const error = 'message_send_error';
const empty = (name: string) => refuse(400, error, `param ${name} can't be empty`);
const wrong = (name: string) => refuse(400, error, `param ${name} is wrong`);
const tooMany = (name: string, max: number) => refuse(400, error, `params ${name}'s size can't exceed limit ${max}`);

/** Refuses what the pages of the send calls say is refused, in their words; throws `EmulatorFailure`. */
export function checkSend(params: Params, endpoint: CatalogueEndpoint): void {
  const { maxTargets, isTargeted } = sendRules(endpoint);
  if ('from' in params && textOf(params, 'from') === '') empty('from');
  checkList(params, 'to', maxTargets);
  if (isTargeted) checkList(params, 'users', maxUsers);
  const type = textOf(params, 'type');
  if (type === '') empty('type');
  const body = fieldsOf(params['body']);
  if (Object.keys(body).length === 0) empty('body');
  if ('ext' in params && !isObject(params['ext'])) refuse(400, error, 'param ext must be JSONObject');
  checkBody(type, body);
  checkOptions(params, endpoint);
  const size =
    byteLength(JSON.stringify(body)) + (params['ext'] === undefined ? 0 : byteLength(JSON.stringify(params['ext'])));
  if (size > maxBytes) refuse(400, error, 'message is too large', 14007);
}

function checkList(params: Params, name: string, max: number): void {
  const values = textsOf(params, name);
  if (values.length === 0 || values.includes('')) empty(name);
  if (values.length > max) tooMany(name, max);
}

function checkBody(type: string, body: Fields): void {
  const required = requiredFields[type] ?? wrong('type');
  const missing = required.find((name) => body[name] === undefined || body[name] === null);
  if (missing !== undefined) empty(missing);
  if (type !== 'custom') return;
  if (body['customEvent'] !== undefined && !/^[a-zA-Z0-9\-_/.]{1,32}$/.test(String(body['customEvent'])))
    wrong('customEvent');
  const exts = Object.values(fieldsOf(body['customExts']));
  if (exts.length > 16) tooMany('customExts', 16);
  if (exts.some((value) => typeof value !== 'string')) wrong('customExts');
}

function checkOptions(params: Params, endpoint: CatalogueEndpoint): void {
  if (params['env'] !== undefined && !/^[a-zA-Z0-9]{1,8}$/.test(String(params['env']))) wrong('env');
  const level = params['chatroom_msg_level'];
  if (level !== undefined && !['high', 'normal', 'low'].includes(String(level))) wrong('chatroom_msg_level');
  const ignored = textsOf(params, 'roam_ignore_users');
  const isDocumented = endpoint.params.some(({ name }) => name === 'roam_ignore_users');
  if (isDocumented && ignored.length > maxUsers) tooMany('roam_ignore_users', maxUsers);
}

/** Checks a send before a limit is charged, so that a malformed call uses up no messages. */
export function checkParams(params: Params, endpoint: CatalogueEndpoint): WireReply | undefined {
  if (!(endpoint.id in rulesById)) return undefined;
  try {
    checkSend(params, endpoint);
    return undefined;
  } catch (failure) {
    if (failure instanceof EmulatorFailure) return failure.reply;
    throw failure;
  }
}
