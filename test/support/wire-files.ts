import { readdirSync, readFileSync } from 'node:fs';

/**
 * One exchange of a golden wire file: facts written down from a vendor's documentation, never from our code.
 *
 * ```
 * # Block a user (docs page or SDK file that says so)
 * # client: zim.blocklist.add {"FromUserId":"alice","UserIds":["bob"]}
 * POST /?Action=AddUsersToBlacklist
 * Content-Type: application/json
 *
 * {"FromUserId":"alice","UserIds":["bob"]}
 * >>> 200
 * {"Code":0,"Message":"<any>","RequestId":"<any>"}
 * ###
 * ```
 * Authentication is left out of the request: the runner adds it. In replies `"<any>"` stands for any value that is there.
 * The optional `client:` line says with which endpoint and parameters our own client must send just this request.
 */
export interface WireExchange {
  readonly file: string;
  readonly title: string;
  readonly client: { readonly endpoint: string; readonly params: Record<string, unknown> } | undefined;
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly status: number;
  readonly reply: string;
}

/** Reads every exchange of `test/conformance/wire/<vendor>/*.http`, in the order of files and lines. */
export function readWireFiles(vendor: string): WireExchange[] {
  const folder = new URL(`../conformance/wire/${vendor}/`, import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.http'))
    .sort();
  return files.flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split(/^###.*$/m)
      .filter((text) => text.trim() !== '')
      .map((text) => parseExchange(file, text.trim())),
  );
}

function parseExchange(file: string, text: string): WireExchange {
  const [request = '', answer = ''] = text.split(/^>>> /m);
  const lines = request.split('\n');
  const comments = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1).trim());
  const rest = lines.filter((line) => !line.startsWith('#'));
  const [method = '', target = ''] = (rest.shift() ?? '').split(' ');
  const blank = rest.indexOf('');
  const headerLines = blank === -1 ? rest : rest.slice(0, blank);
  const client = comments.find((line) => line.startsWith('client: '))?.slice('client: '.length);
  const [endpoint = '', ...json] = (client ?? '').split(' ');
  const [status = '', ...reply] = answer.split('\n');
  if (!target || !/^\d{3}$/.test(status.trim()))
    throw new Error(`${file}: no request line or no status in: ${text.slice(0, 80)}`);
  return {
    file,
    title: comments.find((line) => !line.startsWith('client: ')) ?? `${method} ${target}`,
    client: client === undefined ? undefined : { endpoint, params: JSON.parse(json.join(' ') || '{}') },
    method,
    target,
    headers: Object.fromEntries(
      headerLines
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    ),
    body:
      blank === -1
        ? ''
        : rest
            .slice(blank + 1)
            .join('\n')
            .trim(),
    status: Number(status),
    reply: reply.join('\n').trim(),
  };
}

/** Turns a golden reply into what vitest's `toEqual` understands; `"<any>"` becomes `anything`. */
export function replyPattern(reply: string, anything: unknown): unknown {
  return JSON.parse(reply, (_key, value) => (value === '<any>' ? anything : value));
}
