import type { Handler } from '../../../emulator/vendor.ts';
import type { WireReply } from '../../../emulator/wire.ts';

const weekMs = 7 * 24 * 3600 * 1000;

/** A license text, which may be used again for 7 days; each call makes a new one. */
const license: Handler = (_, { state }) => ({
  License: `LICENSE-${state.nextId()}-${state.now() + weekMs}`,
});

/** The license service has words of its own: the payload under `Data`, no `RequestId`, and a full stop. */
export const licenseEnvelope = (payload: unknown): WireReply => ({
  status: 200,
  body: { Code: 0, Message: 'Success.', Data: payload },
});

export const audioHandlers = {
  'zim.audio.license.get': license,
} satisfies Record<string, Handler>;
