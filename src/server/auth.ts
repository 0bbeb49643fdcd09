import { errors, type JWTVerifyOptions, type JWTVerifyResult, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { scopes as knownScopes, type Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import { type Issuer, IssuerKeys } from './issuer-keys.ts';

/** Whose tokens are trusted: of one shared secret, or of the keys that a JWKS address lists. */
export interface AuthOptions {
  /** At least 32 bytes; tokens are signed with HS256. */
  readonly secret?: string | undefined;
  /** Tokens are signed with a key of this set, by an asymmetric algorithm. */
  readonly jwksUrl?: string | undefined;
  /** How long keys that cannot be fetched again are used beyond the ten minutes that they are good for, in seconds. */
  readonly staleKeysSeconds?: number | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

const asymmetric = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const maxTokenLength = 8192;
const clockToleranceSeconds = 5;

const claimsSchema = z.object({
  sub: z.string().min(1).max(256),
  exp: z.number(),
  scope: z.string().max(4096).default(''),
  accounts: z
    .record(z.string().min(1).max(64), z.string().min(1).max(256))
    .refine((accounts) => Object.keys(accounts).length <= 100, 'expected at most 100 apps')
    .default({}),
});

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTVerifyResult>;

/**
 * Makes the function that turns a token into its viewer. That function throws `UNAUTHENTICATED` with a reason for whatever
 * is not a token of the trusted issuer in its time, and `UNAVAILABLE` when the issuer's keys cannot be had. `issuer` is needed with
 * a `jwksUrl`.
 */
export function makeTokenVerifier(
  options: AuthOptions,
  clock: Clock,
  issuer?: Issuer,
): (token: string) => Promise<Viewer> {
  const verify = verifierOf(options, clock, issuer);
  return async (token) => {
    if (token.length > maxTokenLength) throw untrusted('The token is too long.');
    const checks: JWTVerifyOptions = {
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(clock.now()),
      ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
      ...(options.audience === undefined ? {} : { audience: options.audience }),
    };
    const { payload } = await verify(token, checks).catch((error: unknown) => {
      throw explain(error);
    });
    return viewerOf(payload);
  };
}

function verifierOf(
  { secret, jwksUrl, staleKeysSeconds = 0 }: AuthOptions,
  clock: Clock,
  issuer: Issuer | undefined,
): Verify {
  if (secret !== undefined) {
    const key = new TextEncoder().encode(secret);
    return (token, options) => jwtVerify(token, key, { ...options, algorithms: ['HS256'] });
  }
  if (jwksUrl === undefined || !issuer) throw new Error('auth needs a secret, or a JWKS URL and how to read it');
  const keys = new IssuerKeys({ url: jwksUrl, staleMs: staleKeysSeconds * 1000, clock, ...issuer });
  return (token, options) => keys.verify(token, { ...options, algorithms: asymmetric });
}

function viewerOf(payload: unknown): Viewer {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    throw untrusted(`The token's claims are not as expected: ${[...names].join(', ')}.`);
  }
  const { sub, exp, scope, accounts } = parsed.data;
  const words = scope.split(' ');
  return {
    subject: sub,
    scopes: new Set(knownScopes.filter((known) => words.includes(known))),
    accounts: new Map(Object.entries(accounts)),
    expiresAt: exp * 1000,
  };
}

function explain(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof errors.JWTExpired) return untrusted('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return untrusted(`The token's claim "${error.claim}" is missing or not the expected one.`);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return untrusted('The token is not signed with a key that is trusted here.');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return untrusted('The token is signed with an algorithm that is not accepted here.');
  }
  // A key of the set that is none is no fault of the token.
  if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSInvalid)
    return new AppError('INTERNAL_SERVER_ERROR', undefined, { cause: error });
  return untrusted('The token is malformed: expected a signed JWT.');
}

function untrusted(message: string): AppError {
  return new AppError('UNAUTHENTICATED', message);
}

/**
 * The bearer token of a request's headers as they came; null when there is none. Throws `UNAUTHENTICATED` for several
 * `Authorization` headers, of which another server might believe another one, and for other schemes than `Bearer`.
 */
export function bearerOf(rawHeaders: readonly string[]): string | null {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && isAuthorization(rawHeaders[index - 1]));
  if (values.length > 1) throw untrusted('Expected one Authorization header.');
  const value = values[0]?.trim();
  if (value === undefined || value === '') return null;
  const token = /^bearer +([^\s,]+)$/i.exec(value)?.[1];
  if (token === undefined) throw untrusted('Expected an Authorization header of the form "Bearer <token>".');
  return token;
}

function isAuthorization(name: string | undefined): boolean {
  return name?.toLowerCase() === 'authorization';
}

/** What a demo token says. */
export interface DemoClaims {
  readonly subject: string;
  readonly scopes?: readonly string[];
  /** App to user id. */
  readonly accounts?: Readonly<Record<string, string>>;
  readonly expiresInSeconds: number;
  readonly issuer?: string;
  readonly audience?: string;
}

/** Signs a token with the shared secret, for the demo and for tests. */
export function signDemoToken(secret: string, claims: DemoClaims, clock: Clock): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  const token = new SignJWT({ scope: (claims.scopes ?? []).join(' '), accounts: { ...claims.accounts } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(claims.subject)
    .setIssuedAt(now)
    .setExpirationTime(now + claims.expiresInSeconds);
  if (claims.issuer !== undefined) token.setIssuer(claims.issuer);
  if (claims.audience !== undefined) token.setAudience(claims.audience);
  return token.sign(new TextEncoder().encode(secret));
}
