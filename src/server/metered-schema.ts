import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  introspectionTypes,
  isCompositeType,
  isObjectType,
  responsePathAsArray,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import { jsonBytes } from '../json-bytes.ts';
import type { AnswerBudget } from './answer-budget.ts';
import type { LoopShare } from './loop-share.ts';
import { withoutRepeats } from './repeats.ts';
import { SelectionSizes } from './selection-size.ts';

/** What an execution is metered with. */
export interface Meter {
  readonly budget: AnswerBudget;
  readonly share: LoopShare;
  /** Hears of work that waits for its turn; gives it back. */
  readonly underWay: (work: Promise<void>) => Promise<void>;
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const meters = new WeakMap<object, Meter>();
const sizes = new SelectionSizes();

/** Meters executions with this context from now on; the last one set counts. */
export function setMeter(context: unknown, meter: Meter): void {
  if (typeof context === 'object' && context !== null) meters.set(context, meter);
}

/**
 * A schema of which every field counts against the budget of its execution, and waits for a later turn of the event loop once its
 * share is used. Executions without a meter go on as they would.
 */
export function meteredSchema(schema: GraphQLSchema): GraphQLSchema {
  meterIntrospection();
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, unknown>) => ({
      ...field,
      resolve: metered(field.resolve ?? defaultFieldResolver, field.type),
    }),
  });
}

let isIntrospectionMetered = false;

/** The types of introspection are graphql's own, one for all schemas, and cannot be mapped: their resolvers are replaced in place. */
function meterIntrospection(): void {
  if (isIntrospectionMetered) return;
  isIntrospectionMetered = true;
  const fields = introspectionTypes.filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
  for (const field of [...fields, SchemaMetaFieldDef, TypeMetaFieldDef])
    field.resolve = metered(field.resolve ?? defaultFieldResolver, field.type);
}

function metered(resolve: Resolver, type: GraphQLOutputType): Resolver {
  const account = accountOf(type);
  // Waiting costs more than a plain value does.
  const mayWait = isCompositeType(getNamedType(type));
  return (source, args, context, info) => {
    const meter = typeof context === 'object' && context !== null ? meters.get(context) : undefined;
    if (!meter) return resolve(source, args, context, info);
    const { budget, share } = meter;
    const run = () =>
      untilEnd(budget, () => {
        // The fields below were counted with what they are fields of.
        if (!info.path.prev) budget.takeFields(1);
        const value = attempt(budget, info, () => resolve(source, args, context, info));
        return isPromise(value) ? awaited(value, meter, info, account) : account(value, meter, info);
      });
    const isLater = mayWait && budget.isLarge && !budget.hasEnded && share.isUsed();
    return isLater ? meter.underWay(share.wait(budget.caller)).then(run) : run();
  };
}

/**
 * Gives what `run` gives. Once the execution has ended, that is a promise which is never settled: what is left of the execution stops
 * where it is, without a failure for each field. A failure would also leave rejections that nobody handles, which end the
 * process: graphql-js drops the promises of a list when one of its items fails at once.
 */
function untilEnd<T>(budget: AnswerBudget, run: () => T): T | Promise<never> {
  if (budget.hasEnded) return never();
  try {
    return run();
  } catch (error) {
    if (budget.hasEnded) return never();
    throw error;
  }
}

const never = () => new Promise<never>(() => {});

type Account = (value: unknown, meter: Meter, info: GraphQLResolveInfo) => unknown;

/** Counts what a field of a type gives; gives what is completed in its place. */
function accountOf(type: GraphQLOutputType): Account {
  const named = getNamedType(type);
  if (!isCompositeType(named)) {
    return (value, { budget }, { path }) => {
      budget.takeBytes(String(path.key).length + 4 + jsonBytes(value));
      return value;
    };
  }
  return (value, meter, info) => {
    const { budget } = meter;
    // Handled before anything can be thrown here: a rejection that nobody handles would end the process.
    const list = isList(value) ? itemsOf(value, budget, info).map((item) => itemOf(item, meter, info)) : null;
    const count = list ? countOf(list) : value === null || value === undefined ? 0 : 1;
    budget.takeBytes(String(info.path.key).length + 4 + 3 * count);
    const size = sizes.of(info.fieldNodes, named, info);
    budget.takeFields(count * size);
    return list ? inTurns(list, size, meter) : value;
  };
}

/** The items to complete: equal ones once, to be put at their positions when the execution is over. */
function itemsOf(value: Iterable<unknown>, budget: AnswerBudget, { path }: GraphQLResolveInfo): unknown[] {
  const items = [...value];
  const repeats = withoutRepeats(items);
  if (repeats) budget.repeats.push({ path: responsePathAsArray(path), positions: repeats.positions });
  return repeats?.unique ?? items;
}

/** How many fields are completed before others may have their turn. */
const fieldsInOneGo = 200;

/**
 * A list whose items come a few at a time, where all of them at once would hold the event loop: graphql-js completes every item that
 * is there.
 */
function inTurns(list: unknown[], size: number, { budget, share, underWay }: Meter): unknown[] {
  if (!budget.isLarge) return list;
  const together = Math.max(1, Math.floor(fieldsInOneGo / Math.max(1, size)));
  if (list.length <= together) return list;
  budget.takeWaiting(list.length);
  let turn = Promise.resolve();
  return list.map((item, index) => {
    if (index < together) return item;
    if (index % together === 0) turn = underWay(share.wait(budget.caller));
    const given = turn.then(() => item);
    // When an item before it ends the list, nobody else handles what it fails with.
    given.then(undefined, () => {});
    return given;
  });
}

async function awaited(
  value: PromiseLike<unknown>,
  meter: Meter,
  info: GraphQLResolveInfo,
  account: Account,
): Promise<unknown> {
  const { budget } = meter;
  const given = await turned(budget.pending(value), meter, info);
  return untilEnd(budget, () => account(given, meter, info));
}

function attempt(budget: AnswerBudget, info: GraphQLResolveInfo, run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    throw failed(budget, info, error);
  }
}

/** Counts a failure of a field, and gives it. */
function failed(budget: AnswerBudget, { path }: GraphQLResolveInfo, error: unknown): unknown {
  if (!budget.hasEnded) budget.takeError((error instanceof Error ? error.message.length : 0) + lengthOf(path));
  return error;
}

/** Characters of a path in JSON: names in it are the caller's. */
function lengthOf(path: GraphQLResolveInfo['path']): number {
  let length = 0;
  for (let at: typeof path | undefined = path; at; at = at.prev) length += String(at.key).length + 3;
  return length;
}

/** An item of a list; one that is awaited is given when it is its turn, and counts when it fails. */
function itemOf(item: unknown, meter: Meter, info: GraphQLResolveInfo): unknown {
  if (!isPromise(item)) return item;
  const given = turned(meter.budget.pending(item), meter, info);
  given.catch(() => {
    // Where the list has ended by then, nobody else handles it.
  });
  return given;
}

/** What is awaited, when it is its turn after it is there; never, when the execution has ended by then. */
async function turned(value: PromiseLike<unknown>, meter: Meter, info: GraphQLResolveInfo): Promise<unknown> {
  const { budget } = meter;
  try {
    const given = await value;
    handleItems(given);
    await turn(meter);
    return budget.hasEnded ? never() : given;
  } catch (error) {
    await turn(meter);
    return untilEnd(budget, () => {
      throw failed(budget, info, error);
    });
  }
}

/** Items may fail before it is their list's turn, or after its execution has ended: nobody else handles that. */
function handleItems(value: unknown): void {
  if (!isList(value)) return;
  for (const item of value) if (isPromise(item)) item.then(undefined, () => {});
}

/** Waits, once what was awaited is there: many values may come at the same moment, for many answers. */
async function turn({ budget, share, underWay }: Meter): Promise<void> {
  if (budget.isLong && share.isUsed()) await underWay(share.wait(budget.caller));
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Items, those of lists in the list together. */
function countOf(list: readonly unknown[]): number {
  return list.reduce<number>((sum, item) => sum + (Array.isArray(item) ? countOf(item) : 1), 0);
}
