import { z } from 'zod';

const regions = ['cn', 'sg', 'sg-b', 'us', 'sau'] as const;

/** A data centre, in the vendor's words. */
export type Region = (typeof regions)[number];

const modes = ['plain', 'hosted'] as const;

/** What one app's entry in the configuration file holds, beside what every vendor's has. */
export const configSchema = z
  .strictObject({
    /** The App Key of the console. */
    appKey: z.string().min(1),
    /** The App Secret. During a rotation a list: the first one signs calls, callbacks may be signed with any of them. */
    appSecret: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    /** The data centre. It chooses the hosts, and the time zone of date-time texts. */
    region: z.enum(regions),
    /** `hosted` where groups are kept by the vendor's hosting service ("entrust"), with profiles, roles and settings. */
    groups: z.enum(modes).default('plain'),
    /** `hosted` where users' profiles are kept by the hosting service; as `groups` when left out. */
    profiles: z.enum(modes).optional(),
    /** `cn-list` takes those paths that only the Chinese list of interfaces names in place of their current duplicates. */
    paths: z.enum(['current', 'cn-list']).default('current'),
    /** The user in whose name the app acts. 1-64 bytes. */
    systemUser: z.string().min(1).max(64).default('__system__'),
  })
  .transform(({ appSecret, profiles, ...rest }) => ({
    ...rest,
    appSecret: typeof appSecret === 'string' ? [appSecret] : appSecret,
    profiles: profiles ?? rest.groups,
  }));

/** An app's configuration as read: `appSecret` is a list, of which the first one signs. */
export type Config = z.output<typeof configSchema>;

const domains: Readonly<Record<Region, string>> = {
  cn: 'rong-api.com',
  sg: 'sg-light-api.com',
  'sg-b': 'sg-b-light-api.com',
  us: 'us-light-api.com',
  sau: 'sau-light-api.com',
};

/** The base URLs of a data centre: the primary, then its backup (docs: "API domain names"; the catalogue's `hosts`). */
export const hostsOf = (region: Region): string[] => [
  `https://api.${domains[region]}`,
  `https://api-b.${domains[region]}`,
];
