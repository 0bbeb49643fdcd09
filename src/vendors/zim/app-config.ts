import { z } from 'zod';

/** The vendor's access regions and their hosts (catalogue: hosts). */
export const regionHosts = {
  unified: 'https://zim-api.zego.im',
  sha: 'https://zim-api-sha.zego.im',
  hkg: 'https://zim-api-hkg.zego.im',
  fra: 'https://zim-api-fra.zego.im',
  lax: 'https://zim-api-lax.zego.im',
  bom: 'https://zim-api-bom.zego.im',
  sgp: 'https://zim-api-sgp.zego.im',
} as const;

const regions = ['unified', 'sha', 'hkg', 'fra', 'lax', 'bom', 'sgp'] as const satisfies (keyof typeof regionHosts)[];

const secret = z.string().min(1).max(256);

/** An app's credentials and options. */
export const configSchema = z.strictObject({
  /** The app's id in the console: a whole number below 2^32, as a number or its digits. */
  appId: z
    .union([z.number().int(), z.string().regex(/^\d{1,10}$/)])
    .refine((id) => Number(id) > 0 && Number(id) < 2 ** 32, { error: 'must be a whole number from 1 to 2^32 - 1' })
    .transform((id) => String(Number(id))),
  /** `ServerSecret` of the console: signs requests, and is the key of users' tokens (AES-256), so it has 32 bytes. */
  serverSecret: z
    .string()
    .refine((text) => Buffer.byteLength(text) === 32, { error: 'expected 32 bytes, as the console shows them' }),
  /** `CallbackSecret` of the console; several while it is changed. Without one every callback is refused. */
  callbackSecret: z
    .union([secret, z.array(secret).max(8)])
    .default([])
    .transform((given) => (typeof given === 'string' ? [given] : given)),
  /** The data centre nearest to this server. */
  region: z.enum(regions).default('unified'),
  /**
   * The user that acts where nobody is named: it reads groups and sends the app's own messages. The vendor wants a
   * registered user, so register it once: `registerUsers` with this id.
   */
  systemUser: z.string().min(1).max(32).default('administrator'),
});

export type Config = z.output<typeof configSchema>;

/** The region's host, then the one for any region, which the vendor has for all apps. */
export function hostsOf(region: Config['region']): readonly string[] {
  return [...new Set([regionHosts[region], regionHosts.unified])];
}
