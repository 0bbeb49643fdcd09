import { EmulatorFailure } from '../../../emulator/failure.ts';
import type { HandlerContext } from '../../../emulator/vendor.ts';
import type { WireReply } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';

/** HTTP statuses of the codes, from the catalogue's table of errors; 400 where it states none. */
const statuses: Readonly<Record<number, number>> = {
  404: 404,
  405: 405,
  1000: 500,
  1001: 401,
  1004: 401,
  1006: 401,
  1007: 401,
  1008: 429,
  1009: 430,
  1015: 200,
  1016: 403,
  1050: 504,
  2007: 403,
};

/** The failure envelope: `{url, code, errorMessage}`, or `message` instead, as some chatroom calls have it. */
export function failure(
  url: string,
  code: number,
  message: string,
  key: 'errorMessage' | 'message' = 'errorMessage',
): WireReply {
  return { status: statuses[code] ?? 400, body: { url, code, [key]: message } };
}

const chatroomAreas = /^chatroom/;

/** The failure of a call. Those of chatrooms say `message`: the catalogue knows of some, and does not name them. */
export function failureOf({ area, path }: CatalogueEndpoint, code: number, message: string): WireReply {
  return failure(path, code, message, chatroomAreas.test(area) ? 'message' : 'errorMessage');
}

/** Ends a handler with a failure. */
export function refuse({ endpoint }: HandlerContext, code: number, message: string): never {
  throw new EmulatorFailure(failureOf(endpoint, code, message));
}

/** 1002, the code for a parameter that is wrong, and for ids that stand for nothing where no other code is documented. */
export function refuseParam(context: HandlerContext, name: string, problem = 'is invalid'): never {
  return refuse(context, 1002, `${name} ${problem}`);
}
