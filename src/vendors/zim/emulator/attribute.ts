import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { roomOf } from './chatroom.ts';
import { codes, fail } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { deleteAttribute, isAutoDeleted, sequenceAt, sequenceOf, setAttribute } from './room-attributes.ts';
import { actor } from './user.ts';
import { byteLength, objects, optionalText, text, whole } from './values.ts';

const mostOfGroup = 10;
const mostOfRoom = 20;
const set = 0;
const remove = 1;

function setInGroup(group: EmulatedSpace, wanted: readonly Params[]): Params[] {
  const values = wanted.map((each) => ({ Key: text(each, 'Key'), Value: optionalText(each, 'Value') }));
  if (values.some(({ Value }) => Value === undefined)) fail(codes.badParameter);
  if (values.some(({ Key, Value = '' }) => byteLength(Key) > 16 || byteLength(Value) > 1024))
    fail(codes.attributeTooLong);
  const keys = new Set([...group.attributes.keys(), ...values.map(({ Key }) => Key)]);
  if (keys.size > mostOfGroup) fail(codes.tooManyAttributes);
  for (const { Key, Value = '' } of values) group.attributes.set(Key, Value);
  return values;
}

/** The answer nests `Attributes` in `Attributes`, and tells failures by a reason instead of a code. */
const changeOfGroup: Handler = (params, { state }) => {
  actor(state, params);
  const group = groupOf(state, params);
  const wanted = objects(params, 'Attributes');
  const action = whole(params, 'Action');
  if (action === set) return { FailKeys: [], Attributes: { Attributes: setInGroup(group, wanted) } };
  if (action !== remove) fail(codes.badParameter);
  const keys = wanted.map((each) => text(each, 'Key'));
  const gone = keys.flatMap((Key) => {
    const Value = group.attributes.get(Key);
    return Value !== undefined && group.attributes.delete(Key) ? [{ Key, Value }] : [];
  });
  const FailKeys = keys
    .filter((key) => !gone.some(({ Key }) => Key === key))
    .map((Key) => ({ Key, Reason: 'key db-non-existent' }));
  const answer = { FailKeys, Attributes: { Attributes: gone } };
  return gone.length > 0 ? answer : fail(codes.groupUnchanged, answer);
};

/** The number of the change, or the code by which it failed: no page names one for a key that is not there. */
function changeOne(room: EmulatedSpace, change: Params, owner: string): { seq: number } | { code: number } {
  const key = text(change, 'Key');
  const action = whole(change, 'Action');
  const value = optionalText(change, 'Value');
  if (action === remove) {
    const seq = deleteAttribute(room, key);
    return seq === undefined ? { code: codes.badParameter } : { seq };
  }
  const isFull = !room.attributes.has(key) && room.attributes.size >= mostOfRoom;
  if (action !== set || value === undefined || isFull) return { code: codes.badParameter };
  return { seq: setAttribute(room, { key, value, owner, isAutoDeleted: whole(change, 'AutoDelete') === 1 }) };
}

/** Changes are made in their order. `StopOnError` stands in an item, and speaks of the whole call. */
const changeOfRoom: Handler = (params, { state }) => {
  const by = actor(state, params).id;
  const room = roomOf(state, params);
  const changes = objects(params, 'Attributes');
  const stops = changes.some((each) => whole(each, 'StopOnError') === 1);
  const SuccKeyList: Params[] = [];
  const ErrKeyList: { Key: string; SubCode: number }[] = [];
  for (const change of changes) {
    const Key = text(change, 'Key');
    const made = changeOne(room, change, by);
    if ('seq' in made) SuccKeyList.push({ Key, Seq: made.seq });
    else ErrKeyList.push({ Key, SubCode: made.code });
    if (stops && ErrKeyList.length > 0) break;
  }
  const answer = { AttributeSeq: sequenceOf(room), SuccKeyList, ErrKeyList };
  const [first] = ErrKeyList;
  return first && SuccKeyList.length === 0 ? fail(first.SubCode, answer) : answer;
};

const ofRoom: Handler = (params, { state }) => {
  actor(state, params);
  const room = roomOf(state, params);
  const Attributes = [...room.attributes].map(([Key, Value]) => ({
    Key,
    Value,
    Seq: sequenceAt(room, Key),
    AutoDelete: isAutoDeleted(room, Key) ? 1 : 0,
  }));
  return { AttributeSeq: sequenceOf(room), Attributes };
};

export const attributeHandlers = {
  'zim.group.attributes.modify': changeOfGroup,
  'zim.room.attributes.modify': changeOfRoom,
  'zim.room.attributes.query': ofRoom,
} satisfies Record<string, Handler>;
