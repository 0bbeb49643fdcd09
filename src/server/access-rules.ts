import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLFieldConfig,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Context } from '../domain/context.ts';
import { decodeId, messageKeyOf, type NodeId, nodeOf } from '../domain/id.ts';
import type { AnyNode } from '../domain/node.ts';
import { AppError } from '../errors.ts';

type Field = GraphQLFieldConfig<unknown, Context>;

/** What must hold before a field is resolved, of what it is resolved on. */
type Rule = (source: unknown, context: Context) => void | Promise<void>;

/**
 * Puts the rules of `@authenticated`, `@requiresScopes`, `@self` and `@participant` around every field that they touch: on the
 * field, on its input and on what it gives. They hold for whoever runs the schema, over HTTP and WebSocket alike.
 */
export function withAccessRules(schema: GraphQLSchema): GraphQLSchema {
  const typeRules = new Map(
    Object.values(schema.getTypeMap()).flatMap((type) => {
      const rule = isObjectType(type) ? typeRule(schema, type) : undefined;
      return rule ? [[type.name, rule] as const] : [];
    }),
  );
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: Field, _name, typeName) => protect(schema, field, typeName, typeRules),
  });
}

function protect(schema: GraphQLSchema, field: Field, typeName: string, typeRules: ReadonlyMap<string, Rule>): Field {
  const before = fieldRules(schema, field);
  const inputs = inputRules(schema, field);
  const guarded = guardedTypes(schema, field.type, typeRules);
  if (before.length === 0 && inputs.length === 0 && guarded.size === 0) return field;
  const isStream = typeName === 'Subscription';
  const check = async (source: unknown, args: Record<string, unknown>, context: Context) => {
    for (const rule of before) await rule(source, context);
    for (const rule of inputs) await rule(args, context);
  };
  const resolve = field.resolve ?? defaultFieldResolver;
  const subscribe = field.subscribe;
  return {
    ...field,
    async resolve(source, args, context, info) {
      // A stream was checked when it began; its events are given to whoever holds it.
      if (!isStream) await check(source, args, context);
      return admit(await resolve(source, args, context, info), field.type, guarded, context);
    },
    ...(subscribe && {
      async subscribe(source, args, context, info) {
        await check(source, args, context);
        return subscribe(source, args, context, info);
      },
    }),
  };
}

/** Checks what a field gives: a node that the viewer may not see fails, each one of a list alone. */
async function admit(
  value: unknown,
  type: GraphQLOutputType,
  guarded: ReadonlyMap<string, Rule>,
  context: Context,
): Promise<unknown> {
  const named = getNamedType(type);
  const one = async (item: unknown) => {
    const node = await item;
    if (node === null || node === undefined || node instanceof Error) return node;
    const rule = guarded.get(isObjectType(named) ? named.name : (node as AnyNode).__typename);
    await rule?.(node, context);
    return node;
  };
  if (guarded.size === 0) return value;
  if (!Array.isArray(value)) return one(value);
  // Equal items stay equal, so that they are executed once.
  const admitted = new Map<unknown, Promise<unknown>>();
  for (const item of value) if (!admitted.has(item)) admitted.set(item, one(item));
  return value.map((item) => admitted.get(item));
}

/** The rules of the types that a field can give. */
function guardedTypes(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  rules: ReadonlyMap<string, Rule>,
): ReadonlyMap<string, Rule> {
  const named = getNamedType(type);
  const names = isObjectType(named)
    ? [named.name]
    : 'getTypes' in named || 'getInterfaces' in named
      ? schema.getPossibleTypes(named).map((each) => each.name)
      : [];
  return new Map([...rules].filter(([name]) => names.includes(name)));
}

function typeRule(schema: GraphQLSchema, type: Parameters<typeof getDirective>[1]): Rule | undefined {
  const self = getDirective(schema, type, 'self')?.[0];
  if (self) return (node, context) => context.access.self(node as AnyNode, String(self['orScope']));
  const participant = getDirective(schema, type, 'participant')?.[0];
  if (participant)
    return (node, context) => context.access.participant(node as AnyNode, String(participant['orScope']));
  return scopesRule(schema, type);
}

function fieldRules(schema: GraphQLSchema, field: Field): Rule[] {
  const rules: Rule[] = [];
  if (getDirective(schema, field, 'authenticated')) rules.push((_, context) => void context.access);
  const scopes = scopesRule(schema, field);
  if (scopes) rules.push(scopes);
  const self = getDirective(schema, field, 'self')?.[0];
  if (self) rules.push((source, context) => context.access.self(source as AnyNode, String(self['orScope'])));
  return rules;
}

function scopesRule(schema: GraphQLSchema, holder: Parameters<typeof getDirective>[1]): Rule | undefined {
  const scopes = getDirective(schema, holder, 'requiresScopes')?.[0]?.['scopes'] as
    | readonly (readonly string[])[]
    | undefined;
  if (!scopes) return undefined;
  return (_, { access }) => {
    if (!scopes.some((all) => all.every((scope) => access.has(scope))))
      throw new AppError('FORBIDDEN', `This needs ${describe(scopes)}.`);
  };
}

const describe = (scopes: readonly (readonly string[])[]) => scopes.map((all) => all.join(' with ')).join(' or ');

type InputRule = (args: Record<string, unknown>, context: Context) => void | Promise<void>;

/** The rules of `@self` inside a field's input objects, at any depth. */
function inputRules(schema: GraphQLSchema, field: Field): InputRule[] {
  return Object.entries(field.args ?? {}).flatMap(([name, argument]) => {
    const check = checkInput(schema, (argument as GraphQLArgument).type, new Set());
    return check ? [(args: Record<string, unknown>, context: Context) => check(args[name], name, context)] : [];
  });
}

type InputCheck = (value: unknown, path: string, context: Context) => void | Promise<void>;

function checkInput(schema: GraphQLSchema, type: GraphQLInputType, above: ReadonlySet<string>): InputCheck | undefined {
  if (isNonNullType(type)) return checkInput(schema, type.ofType, above);
  if (isListType(type)) {
    const item = checkInput(schema, type.ofType, above);
    if (!item) return undefined;
    return async (value, path, context) => {
      for (const [index, each] of asList(value).entries()) await item(each, `${path}[${index}]`, context);
    };
  }
  if (!isInputObjectType(type) || above.has(type.name)) return undefined;
  const within = new Set([...above, type.name]);
  const checks = Object.values(type.getFields()).flatMap((field): [string, InputCheck][] => {
    const self = getDirective(schema, field, 'self')?.[0];
    const own = self && ownIds(String(self['orScope']));
    const inner = checkInput(schema, field.type, within);
    return [own, inner].filter((each) => each !== undefined).map((each) => [field.name, each]);
  });
  if (checks.length === 0) return undefined;
  return async (value, path, context) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, check] of checks)
      await check((value as Record<string, unknown>)[name], `${path}.${name}`, context);
  };
}

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/**
 * Every id given must be the viewer's own, or of what belongs to it. What an id says of a message is a claim only: messages are
 * resolved, those of one app together. A member is nobody's own.
 */
const ownIds =
  (orScope: string): InputCheck =>
  async (value, path, { access }) => {
    const messages = new Map<string, NodeId[]>();
    for (const id of asList(value)) {
      const taken = decodeId(String(id), undefined, path);
      if (taken.type === 'Message') messages.set(taken.app, [...(messages.get(taken.app) ?? []), taken]);
      else await access.self(nodeOf(taken, path) ?? { __typename: 'App', app: taken.app }, orScope);
    }
    for (const [app, ids] of messages) {
      const claims = ids.map((id) => messageKeyOf(id, path));
      await access.sender(app, claims, orScope);
    }
  };
