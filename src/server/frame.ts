import type { ExecutionResult } from 'graphql';

const finalText = 0x81;
/** Prefixes whose frames are kept: clients that number their operations have the same ids. */
const maxKept = 4;

/** A payload that is serialised once, whatever it is framed in. */
export class SharedPayload {
  readonly #result: ExecutionResult;
  #bytes: Buffer | null = null;

  constructor(result: ExecutionResult) {
    this.#result = result;
  }

  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(JSON.stringify(this.#result));
    return this.#bytes;
  }
}

/** Payloads that go together, in order. */
export class SharedPayloads {
  readonly #payloads: readonly SharedPayload[];
  readonly #frames = new Map<string, Buffer>();

  constructor(payloads: readonly SharedPayload[]) {
    this.#payloads = payloads;
  }

  /** `frame` of each, one after the other, made once for a prefix that many have. */
  framed(prefix: string, frame: (prefix: string, payload: Buffer) => Buffer): Buffer {
    const known = this.#frames.get(prefix);
    if (known) return known;
    const [first, ...rest] = this.#payloads.map(({ bytes }) => frame(prefix, bytes));
    const made = first && rest.length === 0 ? first : Buffer.concat([first ?? nothing, ...rest]);
    if (this.#frames.size < maxKept) this.#frames.set(prefix, made);
    return made;
  }
}

const nothing = Buffer.alloc(0);

/** What comes before the payload in the `next` message of an operation. */
export function nextPrefix(id: string): string {
  return `{"id":${JSON.stringify(id)},"type":"next","payload":`;
}

/** A WebSocket text message, unmasked as a server's are, of `prefix`, `payload` and the brace that closes the message. */
export function nextFrame(prefix: string, payload: Buffer): Buffer {
  const prefixLength = Buffer.byteLength(prefix);
  const length = prefixLength + payload.length + 1;
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = finalText;
  if (headerLength === 2) frame[1] = length;
  else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(prefix, headerLength);
  payload.copy(frame, headerLength + prefixLength);
  frame[frame.length - 1] = 0x7d;
  return frame;
}
