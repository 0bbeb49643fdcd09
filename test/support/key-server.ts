import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose';

/** A key of an issuer, with a name in the set or without. */
export interface IssuerKey extends GenerateKeyPairResult {
  readonly kid: string | undefined;
}

export const makeKey = async (kid?: string): Promise<IssuerKey> => ({
  ...(await generateKeyPair('ES256', { extractable: true })),
  kid,
});

/** A token of bob at `zim-eu`, good for an hour from `now` (milliseconds). */
export function signWith({ privateKey, kid }: IssuerKey, now: number): Promise<string> {
  return new SignJWT({ accounts: { 'zim-eu': 'bob' } })
    .setProtectedHeader({ alg: 'ES256', ...(kid !== undefined && { kid }) })
    .setSubject('bob')
    .setExpirationTime(Math.floor(now / 1000) + 3600)
    .sign(privateKey);
}

/** How the server of a key set behaves: `refuses` takes no connection's request, `hangs` never answers. */
export type KeyServerMood = 'serves' | 'fails' | 'refuses' | 'hangs' | 'serves nonsense';

/** An issuer's key set at a real address. */
export class KeyServer {
  /** How often the set was asked for. */
  asked = 0;
  mood: KeyServerMood = 'serves';
  keys: readonly IssuerKey[];
  readonly #server = createServer((_, response) => void this.#answer(response));

  constructor(keys: readonly IssuerKey[]) {
    this.keys = keys;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/keys`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(response: ServerResponse): Promise<void> {
    this.asked += 1;
    if (this.mood === 'hangs') return;
    if (this.mood === 'refuses') return void response.destroy();
    response.setHeader('content-type', 'application/json');
    response.statusCode = this.mood === 'fails' ? 500 : 200;
    response.end(this.mood === 'serves nonsense' ? '{"keys": 7}' : JSON.stringify(await this.#set()));
  }

  async #set() {
    const keys = this.keys.map(async ({ publicKey, kid }) => ({
      ...(await exportJWK(publicKey)),
      alg: 'ES256',
      use: 'sig',
      ...(kid !== undefined && { kid }),
    }));
    return { keys: await Promise.all(keys) };
  }
}
