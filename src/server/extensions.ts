/**
 * What a context has to say in a response's `extensions`: the result of its `responseExtensions()`, where it has one.
 * Null for nothing.
 */
export function extensionsOf(context: unknown): Record<string, unknown> | null {
  if (typeof context !== 'object' || context === null || !('responseExtensions' in context)) return null;
  if (typeof context.responseExtensions !== 'function') return null;
  const extensions: unknown = context.responseExtensions();
  return typeof extensions === 'object' && extensions !== null ? { ...extensions } : null;
}

/** The `underWay()` of a context, where it has one; else what changes nothing. */
export function underWayOf(context: unknown): (work: Promise<void>) => Promise<void> {
  if (typeof context !== 'object' || context === null || !('underWay' in context)) return (work) => work;
  const { underWay } = context;
  if (typeof underWay !== 'function') return (work) => work;
  return (work) => Promise.resolve(underWay(work));
}
