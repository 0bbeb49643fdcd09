/**
 * An app's events are in two streams of the log, each with its own places, retention and keys: what a good signature proves, under the
 * app's name, and what only the path of the callback speaks for. So a flood of the latter pushes out nothing of the former.
 */
export const streamsOf = (app: string): readonly [signed: string, unsigned: string] => [app, unsignedOf(app)];

/** No app's name has a tilde. */
const mark = '~unsigned';

export const unsignedOf = (app: string): string => `${app}${mark}`;

export const isUnsigned = (stream: string): boolean => stream.endsWith(mark);

export const appOf = (stream: string): string => (isUnsigned(stream) ? stream.slice(0, -mark.length) : stream);
