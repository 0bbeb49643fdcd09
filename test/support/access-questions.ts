import type { GraphQLSchema } from 'graphql';
import { vendors } from '../../src/vendors/index.ts';
import { guardedTypesOf, positionsIn, samplesOf, valueAt } from './access-ids.ts';
import type { NamedType } from './access-positions.ts';
import type { Scene } from './access-scene.ts';
import { isOfNode, type Step } from './access-steps.ts';
import { chatApps } from './messages.ts';

type Ids = Scene['foreign'];

/** The ids of what a field is of, where that is a type with an id. */
function nodesOf(coordinate: string, ids: Ids): readonly string[] {
  const [type] = coordinate.split('.');
  return Object.entries(ids).flatMap(([each, found]) => (each === type ? found : []));
}

/**
 * Asks for each field with `given` in its arguments; for a field of a type with an id once of every id of the type in `ids`, and of
 * the scene's own app.
 */
export function stepsOf(coordinates: readonly string[], scene: Scene, ids: Ids, given: Ids = ids): Step[] {
  const samples = samplesOf(scene, given);
  return coordinates.flatMap((coordinate): Step[] =>
    isOfNode(coordinate)
      ? nodesOf(coordinate, { ...ids, App: [`App:${scene.app}`] }).map((nodeId) => ({ coordinate, nodeId, samples }))
      : [{ coordinate, samples }],
  );
}

/** A place where a field takes the id of something that takes authority. */
export interface Naming {
  readonly coordinate: string;
  readonly position: string;
  readonly type: NamedType;
}

/** Every way to name something that takes authority in the arguments of fields. */
export const namingsIn = (schema: GraphQLSchema, coordinates: readonly string[]): Naming[] =>
  coordinates.flatMap((coordinate) =>
    positionsIn(schema, coordinate).flatMap((position) =>
      guardedTypesOf(position).map((type) => ({ coordinate, position, type })),
    ),
  );

/** Asks for a field as frank, with an id in one place and what is frank's own in all others. */
export function stepWith({ coordinate, position }: Naming, id: string, scene: Scene): Step {
  const filter = position.startsWith('EventFilter.') ? { [`${coordinate}(filter:)`]: true } : {};
  const samples = { ...samplesOf(scene, scene.ofFrank), ...filter, [position]: valueAt(position, id) };
  return { coordinate, nodeId: nodesOf(coordinate, scene.ofFrank)[0], samples };
}

/** Apps in which user ids in capitals are the same users. */
const caseless: ReadonlySet<string> = new Set(
  chatApps.filter(({ slug }) => vendors.some((each) => each.slug === slug && each.ignoresCase)).map(({ app }) => app),
);

/** Whether an id names what is the user's own, whatever it was made from. */
export function isOwn(given: string, app: string, name: string): boolean {
  const parts = given.split(':');
  const id = parts.map((part, index) => (index > 1 && caseless.has(app) ? part.toLowerCase() : part)).join(':');
  return (
    [`User:${app}:${name}`, `Blocklist:${app}:user:${name}`].includes(id) ||
    ['Friend', 'Conversation'].some(
      (type) => id.startsWith(`${type}:${app}:${name}:`) && !/:(group|chatroom):/.test(id),
    )
  );
}
