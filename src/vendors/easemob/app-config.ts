import { z } from 'zod';

/**
 * Where the vendor runs an app, as the console shows it, with the hosts it documents: the primary, then the alternative
 * (easemob.yaml, hosts).
 */
const clusters = {
  cn1: { region: 'China 1', hosts: ['a1.easemob.com', 'a1.easecdn.com'] },
  cn2: { region: 'China 2', hosts: ['a31.easemob.com', 'a31.easecdn.com'] },
  sgp1: { region: 'Singapore 1', hosts: ['a1-sgp.easemob.com'] },
  sgp2: { region: 'Singapore 2', hosts: ['a61.easemob.com'] },
  use1: { region: 'US East 1', hosts: ['a41.easemob.com'] },
  de2: { region: 'Germany 2', hosts: ['a71.easemob.com'] },
} as const;

const clusterNames = ['cn1', 'cn2', 'sgp1', 'sgp2', 'use1', 'de2'] as const satisfies (keyof typeof clusters)[];

const name = z.string().regex(/^[\w.-]+$/, { error: 'must be letters, digits, - _ and .' });

/** An app at the vendor: its key, its credentials and what its console has switched on. */
export const configSchema = z.strictObject({
  /** The part of the app key before the `#`. */
  orgName: name,
  /** The part of the app key after the `#`. */
  appName: name,
  /** From the console's application details. */
  clientId: z.string().min(1),
  /** From the console's application details. Secret. */
  clientSecret: z.string().min(1),
  /** The secret of the console's callback rule; several where rules share a URL, or while one is replaced. Secret. */
  callbackSecret: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  /**
   * How old a callback may be when it comes, in seconds. What the vendor signs is the time of the event, so callbacks that it
   * kept and delivers again (its paid callback storage keeps them for days) come old: raise this where they are wanted.
   */
  callbackMaxAgeSeconds: z.number().int().min(1).max(604_800).default(300),
  /** The data centre. */
  cluster: z.enum(clusterNames).default('cn1'),
  /** A host of the app's own, as the vendor gives out with its VIP clusters; the cluster's hosts when left out. */
  host: z
    .string()
    .regex(/^[\w.-]+(:\d+)?$/, { error: 'must be a host name without a scheme' })
    .optional(),
  /** Who sends when nobody is named, and owns chatrooms made without an owner: a registered user for the latter. */
  systemUser: z.string().min(1).toLowerCase().default('admin'),
  /** Whether the vendor has opened the conversation list for the app (easemob.conversation.list). */
  conversationList: z.boolean().default(false),
  /** Which path lists the groups of a user: `legacy` for apps that still lack the one of 2023-08. */
  joinedGroups: z.enum(['current', 'legacy']).default('current'),
});

export type Config = z.output<typeof configSchema>;

/** Base URLs of an app, the primary first, with the app key's two path segments that stand before every path. */
export function hostsOf(config: Config, baseUrls?: readonly string[]): string[] {
  const names: readonly string[] = config.host === undefined ? clusters[config.cluster].hosts : [config.host];
  const bases = baseUrls ?? names.map((host) => `https://${host}`);
  return bases.map((base) => `${base}/${encodeURIComponent(config.orgName)}/${encodeURIComponent(config.appName)}`);
}

/**
 * Whether the dates of callbacks in the vendor's storage are those of Beijing, as on the mainland; elsewhere they are UTC. The
 * vendor's page does not say: its example's dates would lie in the future otherwise, and the hours of histories are so.
 */
export const hasBeijingTime = ({ cluster }: Config): boolean => cluster.startsWith('cn');

/** The data centre in the vendor's words; null for a host of the app's own. */
export function regionOf(config: Config): string | null {
  return config.host === undefined ? clusters[config.cluster].region : null;
}
