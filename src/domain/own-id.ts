import { randomUUID } from 'node:crypto';

/** No vendor's ids begin so. */
const mark = '~';

/** The id of something that the vendor took without giving an id: this server's own, which no vendor knows. */
export const makeOwnId = (): string => `${mark}${randomUUID()}`;

export const isOwnId = (id: string): boolean => id.startsWith(mark);
