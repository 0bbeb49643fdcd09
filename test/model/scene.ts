import type { Ids } from './asking.ts';
import type { Holds } from './differences.ts';
import type { AppModel } from './model.ts';
import type { StreamViewer } from './viewer.ts';
import type { Answer, World } from './world.ts';

/** One app of a walk: what should be true of it, and how to reach it. */
export interface WalkApp {
  readonly name: string;
  readonly vendor: string;
  readonly model: AppModel;
  readonly ids: Ids;
  readonly holds: Holds;
  readonly viewers: ReadonlyMap<string, StreamViewer>;
  /** Which operations the app has, as it says itself. */
  readonly supports: ReadonlySet<string>;
  /** Asks as one of the users. */
  as(user: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer>;
}

export interface Walk {
  readonly world: World;
  readonly apps: readonly WalkApp[];
  /** The app at which most of it happens. */
  readonly favourite: number;
  /** Whether its time is over: no step is made any more. */
  isOver(): boolean;
  /** Asks as the operator. */
  operate(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Counts up, so that every text and key is like no other. */
  next(): number;
  /** Notes that a command of this name did something. */
  count(name: string): void;
  /** Waits until a second has passed since the last change of this name. */
  apart(name: string): Promise<void>;
}
