import { type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import { problemOf } from './keys.ts';

/**
 * Changes something for many users, `max` of them a call. The vendor says nothing for single users: all of a call share
 * its fate. An id that is none is not sent.
 */
export const changeUsers = (
  userIds: readonly string[],
  max: number,
  send: (userIds: string[]) => Promise<unknown>,
): Promise<Outcome[]> =>
  changeInChunks({
    items: userIds,
    key: (id) => id,
    check: problemOf,
    max,
    send: async (chunk) => {
      await send([...chunk]);
      return chunk.map(() => succeeded(undefined));
    },
  });
