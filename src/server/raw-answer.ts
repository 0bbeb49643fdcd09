import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { plainJson } from './accept.ts';
import { Refusal } from './refusal.ts';

/** Refuses a request whose connection no longer belongs to the framework, and closes the connection. */
export function refuseRaw(socket: Duplex, { status, message, code, headers }: Refusal): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const all = {
    ...headers,
    'content-type': plainJson,
    'content-length': String(Buffer.byteLength(body)),
    'x-content-type-options': 'nosniff',
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // A client that does not close its side would hold the connection for ever.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

const malformed: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new Refusal(408, 'The request did not arrive in time.'),
  HPE_HEADER_OVERFLOW: new Refusal(431, 'The headers are too large.'),
};

/** Answers what could not be read as HTTP. */
export function refuseMalformed(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else refuseRaw(socket, malformed[error.code ?? ''] ?? new Refusal(400, 'The request is malformed.'));
}
