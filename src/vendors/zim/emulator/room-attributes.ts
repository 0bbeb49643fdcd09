import type { EmulatedSpace } from '../../../emulator/state.ts';

/** What is known of an attribute of a room beside its value. */
interface Fact {
  readonly seq: number;
  readonly owner: string;
  readonly isAutoDeleted: boolean;
}

function factsOf(room: EmulatedSpace): Map<string, Fact> {
  const found = room.extra.get('attribute facts') as Map<string, Fact> | undefined;
  const facts = found ?? new Map<string, Fact>();
  room.extra.set('attribute facts', facts);
  return facts;
}

/** "counts every attribute change of the room" */
export const sequenceOf = (room: EmulatedSpace): number => Number(room.extra.get('AttributeSeq') ?? 0);

function nextSequence(room: EmulatedSpace): number {
  const next = sequenceOf(room) + 1;
  room.extra.set('AttributeSeq', next);
  return next;
}

interface RoomAttribute extends Omit<Fact, 'seq'> {
  readonly key: string;
  readonly value: string;
}

/** What is kept beside the attributes that a room begins with. */
export function firstFacts(attributes: readonly RoomAttribute[]): [string, unknown][] {
  const facts = attributes.map(({ key, owner, isAutoDeleted }, index): [string, Fact] => [
    key,
    { seq: index + 1, owner, isAutoDeleted },
  ]);
  return [
    ['AttributeSeq', attributes.length],
    ['attribute facts', new Map(facts)],
  ];
}

/** Sets an attribute and gives the change's number. Who sets it owns it. */
export function setAttribute(room: EmulatedSpace, { key, value, owner, isAutoDeleted }: RoomAttribute): number {
  const seq = nextSequence(room);
  room.attributes.set(key, value);
  factsOf(room).set(key, { seq, owner, isAutoDeleted });
  return seq;
}

/** Deletes an attribute and gives the change's number; undefined when there was none. */
export function deleteAttribute(room: EmulatedSpace, key: string): number | undefined {
  if (!room.attributes.delete(key)) return undefined;
  factsOf(room).delete(key);
  return nextSequence(room);
}

export const isAutoDeleted = (room: EmulatedSpace, key: string): boolean =>
  factsOf(room).get(key)?.isAutoDeleted ?? false;

export const sequenceAt = (room: EmulatedSpace, key: string): number => factsOf(room).get(key)?.seq ?? 0;

/** "1 = drop it when its owner leaves the room" */
export function dropAttributesOf(room: EmulatedSpace, userId: string): void {
  for (const [key, { owner, isAutoDeleted }] of factsOf(room))
    if (isAutoDeleted && owner === userId) deleteAttribute(room, key);
}
