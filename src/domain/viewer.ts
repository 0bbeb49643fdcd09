/** The rights that a token can carry, besides being one. */
export const scopes = ['chat:read', 'chat:write', 'chat:moderate', 'chat:admin'] as const;

/** Who asks: the verified subject of a token. */
export interface Viewer {
  /** The token's `sub`. */
  readonly subject: string;
  /** Those of `scopes` that the token carries. Other words of its `scope` claim are not kept. */
  readonly scopes: ReadonlySet<string>;
  /** The viewer's user id in each app of the token, in the token's order. Other apps do not exist for it. */
  readonly accounts: ReadonlyMap<string, string>;
  /** When the token ends, in milliseconds since the epoch; null for never. */
  readonly expiresAt: number | null;
}
