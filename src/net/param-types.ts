/** A value that is sent as JSON text, or the text that was made of it already. */
export type JsonField = string | Readonly<Record<string, unknown>> | readonly unknown[];

/** An object whose keys are the caller's; a map where a key could be `__proto__`. */
export type Keyed<V> = ReadonlyMap<string, V> | Readonly<Record<string, V>>;

/** No parameters. */
// biome-ignore lint/complexity/noBannedTypes: the empty shape adds no keys to an intersection
export type NoParams = {};
