import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { parseJson } from '../net/json.ts';
import { Refusal } from './refusal.ts';
import type { Holding } from './share.ts';

const mediaType = /^\s*([\w.+-]+\/[\w.+-]+)\s*((?:;[^;]*)*)$/;

/** A `Content-Type` taken apart; null for what is none. */
export function readContentType(header: string | undefined): { essence: string; charset: string | null } | null {
  const match = mediaType.exec(header ?? '');
  if (!match?.[1]) return null;
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)"?/i.exec(match[2] ?? '')?.[1];
  return { essence: match[1].toLowerCase(), charset: charset?.toLowerCase() ?? null };
}

/** Throws 415 for bodies in anything but plain UTF-8: another decoder in front may read them differently. */
export function checkEncoding(charset: string | null, contentEncoding: string | undefined): void {
  if (charset !== null && charset !== 'utf-8' && charset !== 'utf8')
    throw new Refusal(415, 'Expected a body in UTF-8.');
  if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== 'identity') {
    throw new Refusal(415, 'Expected a body without Content-Encoding.');
  }
}

export interface BodyBounds {
  /** Bytes of the body. */
  readonly limit: number;
  /** What its caller holds. */
  readonly holding: Holding;
}

/**
 * Reads a body as text. Every byte is held as it comes; nothing is read beyond the bounds. Throws 413 beyond `limit`, 429 and 503 where
 * too much is held, 400 for what is not UTF-8 or ends early.
 */
export async function readBody(
  { headers }: Pick<IncomingMessage, 'headers'>,
  payload: Readable,
  { limit, holding }: BodyBounds,
): Promise<string> {
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  const read = Promise.withResolvers<void>();
  const onData = (chunk: Buffer) => {
    const refusal = length + chunk.length > limit ? tooLarge() : holding.refusal(chunk.length);
    if (refusal) return read.reject(refusal);
    length += chunk.length;
    holding.add(chunk.length);
    chunks.push(chunk);
  };
  const onClose = () => read.reject(new Refusal(400, 'The body ends before it is complete.'));
  payload.on('data', onData).once('end', read.resolve).once('close', onClose).once('error', onClose);
  try {
    await read.promise;
  } finally {
    payload.pause();
    payload.off('data', onData).off('end', read.resolve).off('close', onClose);
  }
  return decode(Buffer.concat(chunks, length));
}

const tooLarge = () => new Refusal(413, 'The body is too large.', { connection: 'close' });

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a body. Throws 400 for what is not UTF-8. */
function decode(body: Uint8Array): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new Refusal(400, 'The body is not valid UTF-8.');
  }
}

/** Parses JSON as `parseJson` does, exactly. Throws 400 for what is none, and for what nests deeper than `maxDepth`. */
export function parseJsonText(text: string, maxDepth: number): unknown {
  if (depthOf(text, maxDepth) > maxDepth) {
    throw new Refusal(400, `The body's JSON nests deeper than ${maxDepth} levels.`);
  }
  try {
    return parseJson(text);
  } catch {
    throw new Refusal(400, text === '' ? 'The body is empty.' : 'The body is not valid JSON.');
  }
}

/** How deep the brackets of a JSON text nest, or `enough` and one when that much was seen. */
export function depthOf(text: string, enough: number): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length && deepest <= enough; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
