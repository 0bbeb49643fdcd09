import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A request as its bytes went out, without what authenticates it. */
interface SentRequest {
  readonly line: string;
  /** What it carries in its query and its body, by the path of each value. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What signs a request, or renews its session: another value each time. */
const signing = ['AppId', 'SignatureNonce', 'Timestamp', 'SignatureVersion', 'Signature'];
/** What renews a session: when that happens depends on the clock. */
const isSession = ({ fields }: SentRequest) => fields['grant_type'] === '"client_credentials"';
/** Ids and passwords that are made at random. */
const random = /(?<=room-)[\da-f]{16}|[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}|(?<="password":")[\w-]{32}(?=")/g;

/** The requests to some origins that this process writes to sockets while something is done, in their order. */
export async function requestsOf(
  origins: readonly string[],
  act: () => Promise<unknown>,
): Promise<readonly SentRequest[]> {
  const sent = new Map<unknown, { method: string; path: string; chunks: Buffer[] }>();
  const onHeaders = (message: unknown) => {
    const { request } = message as { request: { origin: string; method: string; path: string } };
    if (origins.includes(String(request.origin)))
      sent.set(request, { method: request.method, path: request.path, chunks: [] });
  };
  const onChunk = (message: unknown) => {
    const { request, chunk } = message as { request: unknown; chunk: Buffer | string };
    sent.get(request)?.chunks.push(Buffer.from(chunk));
  };
  subscribe('undici:client:sendHeaders', onHeaders);
  subscribe('undici:request:bodyChunkSent', onChunk);
  try {
    await act();
  } finally {
    unsubscribe('undici:client:sendHeaders', onHeaders);
    unsubscribe('undici:request:bodyChunkSent', onChunk);
  }
  return [...sent.values()]
    .map(({ method, path, chunks }) => readRequest(method, path, Buffer.concat(chunks).toString('utf8')))
    .filter((request) => !isSession(request));
}

function readRequest(method: string, path: string, body: string): SentRequest {
  const [target = '', query = ''] = path.split(/\?(.*)/s);
  const text = body.replaceAll(random, '<random>');
  const parameters = [...new URLSearchParams(query)].filter(([name]) => !signing.includes(name));
  const action = parameters.find(([name]) => name === 'Action')?.[1];
  const rest = parameters.filter(([name]) => name !== 'Action');
  return {
    line: `${method} ${target}${action === undefined ? '' : `?Action=${action}`}`,
    fields: Object.fromEntries([...pairs(rest), ...(/^[[{]/.test(text) ? leaves(JSON.parse(text), '') : form(text))]),
  };
}

const form = (body: string) => pairs([...new URLSearchParams(body)]);

/** A name that is given several times has a place for each. */
const pairs = (list: readonly (readonly [string, string])[]) =>
  list.map(([name, value], index): [string, string] => {
    const before = list.slice(0, index).filter(([other]) => other === name).length;
    return [before === 0 ? name : `${name}[${before}]`, value];
  });

function leaves(value: unknown, path: string): [string, string][] {
  const isParent = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isParent) return [[path || 'body', JSON.stringify(value)]];
  const at = (key: string) => (Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, at(key)));
}

/** How requests differ from others: a line for each that is there on one side only, and for each field with another value. */
export function differences(before: readonly SentRequest[], after: readonly SentRequest[]): string[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [was, is] = [before[index], after[index]];
    const mark = before.length > 1 || after.length > 1 ? `${index + 1}: ` : '';
    if (is && was?.line === is.line) return changes(was.fields, is.fields).map((line) => `${mark}${line}`);
    return [
      ...(was ? [`${mark}- ${was.line}`] : []),
      ...(is ? [`${mark}+ ${is.line}`, ...fieldLines(is.fields).map((line) => `${mark}    ${line}`)] : []),
    ];
  }).flat();
}

function changes(was: SentRequest['fields'], is: SentRequest['fields']): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name) => {
    if (was[name] === is[name]) return [];
    if (was[name] === undefined) return [`+ ${name}: ${is[name]}`];
    return is[name] === undefined ? [`- ${name}`] : [`~ ${name}: ${is[name]}`];
  });
}

const fieldLines = (fields: SentRequest['fields']) =>
  Object.entries(fields).map(([name, value]) => `${name}: ${value}`);

export const requestLines = (requests: readonly SentRequest[]) =>
  requests.flatMap(({ line, fields }) => [line, ...fieldLines(fields).map((each) => `    ${each}`)]);

/** Of many requests so many are written down, the others counted. */
const shown = 12;

/** What each of many requests carries, in short: how many values, and the last of them. */
export function outlines(requests: readonly SentRequest[]): string[] {
  const lines = requests.slice(0, shown).map(({ line, fields }) => {
    const all = fieldLines(fields);
    return `${line} ${all.length} values${all.length === 0 ? '' : `, the last ${all.at(-1)}`}`;
  });
  return requests.length > shown ? [...lines, `and ${requests.length - shown} more`] : lines;
}
