import type { ServiceCredential } from '../../../domain/credential.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import { audio } from '../endpoints/audio.ts';
import { user } from '../endpoints/user.ts';
import { type Context, refuse } from './values.ts';

const dayMs = 24 * 3600 * 1000;
/** "may be reused for 7 days" */
const licenseMs = 7 * dayMs;

/** What the app itself is let do. */
export function credentialOperations({ call, clock, config }: Context) {
  let license: { readonly given: ServiceCredential; readonly until: number } | undefined;

  const fetchLicense = async (since: number, options: RequestOptions | undefined): Promise<ServiceCredential> => {
    const { Data } = await call(audio.license, {}, options);
    return { credential: Data.License, expiresAt: new Date(since + licenseMs) };
  };

  return {
    // There is no session: the cheapest signed read shows whether the signature is taken.
    'Mutation.verifyApp': async (_, options) => {
      try {
        await call(user.onlineState, { UserId: [config.systemUser] }, options);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'VENDOR_MISCONFIGURED') throw error;
        return { isAccepted: false, expiresAt: null };
      }
      return { isAccepted: true, expiresAt: null };
    },

    // One license serves everybody, until a day before it ends.
    'Mutation.issueServiceCredential': async ({ service }, options) => {
      refuse(service !== 'VOICE', 'input.service', `credential for ${service}`);
      const now = clock.now();
      if (license === undefined || now >= license.until)
        license = { given: await fetchLicense(now, options), until: now + licenseMs - dayMs };
      return license.given;
    },
  } satisfies Partial<Operations>;
}
