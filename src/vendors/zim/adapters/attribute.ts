import type { AttributeOwner } from '../../../domain/attribute.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, type Outcome } from '../../../errors.ts';
import { type Change, changeInChunks } from '../../bulk.ts';
import { roomAttributes } from '../endpoints/chatroom.ts';
import { group } from '../endpoints/group.ts';
import { user } from '../endpoints/user.ts';
import { type Context, checkUserId, nothing, outcomesOf, refuse } from './values.ts';

/** An attribute to be set, or to be deleted when it has no value. */
interface Entry {
  readonly key: string;
  readonly value: string | null;
}

interface Wanted {
  readonly id: string;
  readonly actorId: string;
  readonly removeOnLeave: boolean;
}

/** What one call takes, and what is checked before it. */
type Rules = Pick<Change<Entry, void>, 'max' | 'check' | 'send'>;

const set = 0;
const remove = 1;

/** A user's one text is shown as the attribute of this name. */
const userKey = 'extra';

/** Keys and values of users, groups and rooms. Those of groups are read with the group. */
export function attributeOperations({ call, config }: Context) {
  const rulesFor = (
    options: RequestOptions | undefined,
  ): Record<AttributeOwner['kind'], (wanted: Wanted) => Rules> => ({
    user: ({ id }) => ({
      max: 1,
      check: ({ key }) => (key === userKey ? undefined : noSuchKey),
      send: async ([entry]) => {
        const reply = await call(user.modify, { UserInfo: [{ UserId: id, Extra: entry?.value ?? '' }] }, options);
        return outcomesOf(reply, [id], nothing);
      },
    }),

    group: ({ id, actorId }) => ({
      max: 10,
      check: ({ key, value }) => checkBytes('A key', key, 16, 1) ?? checkBytes('A value', value ?? '', 1024),
      send: async (batch) => {
        const params = {
          Action: batch.some(({ value }) => value === null) ? remove : set,
          FromUserId: actorId,
          GroupId: id,
          Attributes: batch.map(({ key, value }) => ({ Key: key, Value: value ?? undefined })),
        } as const;
        return outcomesOf(await call(group.changeAttributes, params, options), keysOf(batch), nothing);
      },
    }),

    chatroom: ({ id, actorId, removeOnLeave }) => ({
      max: 16,
      check: ({ key }) => checkBytes('A key', key, 1024, 1),
      send: async (batch) => {
        const Attributes = batch.map(({ key, value }) =>
          value === null
            ? ({ Action: remove, Key: key } as const)
            : ({ Action: set, Key: key, Value: value, AutoDelete: removeOnLeave ? 1 : 0 } as const),
        );
        const params = { FromUserId: actorId, RoomId: id, Attributes };
        return outcomesOf(await call(roomAttributes.change, params, options), keysOf(batch), nothing);
      },
    }),
  });

  const change = (
    owner: AttributeOwner,
    entries: readonly Entry[],
    more: { readonly actorId: string | undefined; readonly removeOnLeave: boolean },
    options: RequestOptions | undefined,
  ): Promise<Outcome[]> => {
    if (owner.kind === 'user') mustBeUser(owner.id);
    const wanted = { id: owner.id, actorId: more.actorId ?? config.systemUser, removeOnLeave: more.removeOnLeave };
    return changeInChunks({ items: entries, key: ({ key }) => key, ...rulesFor(options)[owner.kind](wanted) });
  };

  return {
    // All come at once, whichever are wanted.
    'Chatroom.attributes': {
      max: 1,
      identity: ({ chatroomId }) => chatroomId,
      load: async (keys, options) => {
        const params = { FromUserId: config.systemUser, RoomId: keys[0]?.chatroomId ?? '' };
        const reply = await call(roomAttributes.query, params, options);
        return [reply.Attributes.map(({ Key, Value }) => ({ key: Key, value: Value }))];
      },
    },

    'Mutation.setAttributes': async ({ owner, attributes, removeOnLeave, actorId }, options) => {
      refuse(removeOnLeave && owner.kind !== 'chatroom', 'input.removeOnLeave', 'such attributes but in chatrooms');
      return change(owner, attributes, { actorId, removeOnLeave }, options);
    },

    'Mutation.deleteAttributes': async ({ owner, keys, actorId }, options) => {
      const entries = (keys ?? [userKey]).map((key) => ({ key, value: null }));
      const outcomes = await change(owner, entries, { actorId, removeOnLeave: false }, options);
      if (keys !== null) return outcomes;
      for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
      return [];
    },
  } satisfies Partial<Operations>;
}

const noSuchKey = new AppError('BAD_USER_INPUT', `This vendor keeps one attribute on a user: ${userKey}.`);

const keysOf = (entries: readonly Entry[]) => entries.map(({ key }) => key);

function mustBeUser(userId: string): void {
  const problem = checkUserId(userId);
  if (problem) throw problem.with({ input: 'input.ownerId' });
}

function checkBytes(what: string, text: string, most: number, least = 0): AppError | undefined {
  const length = Buffer.byteLength(text);
  return length < least || length > most
    ? new AppError('BAD_USER_INPUT', `${what} has ${least} to ${most} bytes.`)
    : undefined;
}
