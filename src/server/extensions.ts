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
