import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import type { WireReply, WireRequest } from '../../../emulator/wire.ts';
import { codes, envelope } from './failures.ts';

/** "A signature holds for 10 minutes and the vendor accepts 10 minutes of clock error" (catalogue: auth). */
const windowMs = 600_000;
const largestAppId = 0xffff_ffff;

/** The app whose AppId stands in the query. */
export function findApp(request: WireRequest, apps: readonly EmulatedApp[]): EmulatedApp | WireReply {
  if (request.path !== '/') return { status: 404, body: { error: 'the API has one path, /' } };
  const appId = request.query.get('AppId') ?? '';
  if (!/^\d{1,10}$/.test(appId) || Number(appId) > largestAppId) return envelope(codes.appIdMalformed);
  return apps.find((app) => app.credentials['appId'] === appId) ?? envelope(codes.appUnknown);
}

function refusalOf({ query }: WireRequest, app: EmulatedApp, now: number): number | undefined {
  const version = query.get('SignatureVersion');
  const nonce = query.get('SignatureNonce');
  const timestamp = query.get('Timestamp');
  const signature = query.get('Signature');
  if (!version) return codes.signatureVersionMissing;
  if (version !== '2.0') return codes.signatureVersionUnsupported;
  if (!nonce) return codes.nonceMissing;
  if (!timestamp) return codes.timestampMissing;
  if (!/^\d{1,18}$/.test(timestamp)) return codes.timestampMalformed;
  if (!signature) return codes.signatureMissing;
  const signed = `${app.credentials['appId']}${nonce}${app.credentials['serverSecret']}${timestamp}`;
  if (signature !== createHash('md5').update(signed, 'utf8').digest('hex')) return codes.signatureMismatch;
  if (Math.abs(now - Number(timestamp) * 1000) > windowMs) return codes.signatureExpired;
  return undefined;
}

/** Checks the query's signature and time. A nonce may come again: nothing documents a replay's refusal. */
export function authenticate(
  request: WireRequest,
  app: EmulatedApp,
  _endpoint: unknown,
  clock: Clock,
): WireReply | undefined {
  const refusal = refusalOf(request, app, clock.now());
  return refusal === undefined ? undefined : envelope(refusal);
}

/** A method other than the Action's own is no known Action: the vendor fixes the method for each (catalogue: encoding). */
export function unknownEndpoint({ query }: WireRequest): WireReply {
  return envelope(query.get('Action') ? codes.actionUnknown : codes.actionMissing);
}
