import type { CallbackContract } from '../vendor.ts';
import type { Config } from './app-config.ts';
import { decisions } from './callbacks/decision.ts';
import { readCallback } from './callbacks/read.ts';
import { verify } from './signature.ts';

/** How the vendor's callbacks are told true and read. */
export const callbacks: CallbackContract<Config> = {
  verify,
  // The callId of a message is that of its offline callbacks too, and both sides of a friendship have one (easemob.yaml, callbacks).
  signatures: 'shared',
  read: readCallback,
  // At most 1000 characters, and ignored (easemob.yaml, callbacks).
  acknowledgement: { status: 200, contentType: 'application/json', body: '{}' },
  decisions,
};
