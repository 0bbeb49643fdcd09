/**
 * Differences from the model that are known, each with its case, and not mended yet. The walk leaves out exactly these. Whoever mends one
 * deletes its row, and from then on the walk asks for it.
 */

interface KnownDifference {
  readonly case: string;
  readonly apps: readonly string[];
  readonly aspect: Aspect;
}

const all = ['zim-eu', 'rc-cn', 'em-1'];

export const differences: readonly KnownDifference[] = [
  { case: 'B1', apps: all, aspect: 'a resumed stream has the messages of the spaces of its own time' },
  { case: 'B2', apps: all, aspect: 'who leaves a space, or whose space is deleted, can read that event' },
  { case: 'B3', apps: ['zim-eu', 'em-1'], aspect: 'two changes of one membership within a second are two' },
  { case: 'B4', apps: all, aspect: 'a viewer in a chatroom has its events' },
  { case: 'B8', apps: ['zim-eu'], aspect: 'a recall outlives a process killed right after it' },
  { case: 'D3', apps: ['zim-eu'], aspect: 'a recall is an event' },
  { case: 'D3', apps: ['zim-eu', 'rc-cn'], aspect: 'a block is an event' },
  { case: 'D3', apps: ['rc-cn', 'em-1'], aspect: 'a message that was sent is read before its callback came' },
];

export type Aspect =
  | 'a resumed stream has the messages of the spaces of its own time'
  | 'who leaves a space, or whose space is deleted, can read that event'
  | 'two changes of one membership within a second are two'
  | 'a viewer in a chatroom has its events'
  | 'a recall outlives a process killed right after it'
  | 'a recall is an event'
  | 'a block is an event'
  | 'a message that was sent is read before its callback came';

/** Which aspects hold at an app: those that no row names. */
export type Holds = (aspect: Aspect) => boolean;

export const holdsAt =
  (app: string): Holds =>
  (aspect) =>
    !differences.some((row) => row.aspect === aspect && row.apps.includes(app));
