import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { idPositions, type NamedType } from './access-positions.ts';
import type { Scene } from './access-scene.ts';
import type { Samples } from './mutation-inputs.ts';

/** Values that arguments need besides ids. */
export const plainSamples: Samples = {
  'App.supports(operation:)': 'Query.node',
  'DeleteAttributesInput.keys': 'sample',
  'FriendUpdateInput.remark': 'Sample',
  'MemberUpdateInput.nickname': 'Sample',
  'NewBotInput.vendorId': '@RBT#another',
  'NewUserInput.vendorId': 'newcomer',
  'SetMemberRoleInput.role': 'ADMIN',
  'UpdateBotInput.name': 'Sample',
  'UpdateConversationsInput.isPinned': true,
  'UpdateGroupInput.name': 'Sample',
  'UserUpdateInput.name': 'Sample',
};

const takesNodes = (name: string) => ['Chatroom', 'Community', 'Group', 'User'].includes(name);

/** The coordinates of every argument and input field that takes ids, and of the vendor's own ids that find nodes. */
export function idCoordinatesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(({ type: inner }) => getNamedType(inner).name === 'ID');
      return fields.map(({ name }) => `${type.name}.${name}`);
    }
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args
        .filter(
          ({ name, type: inner }) =>
            getNamedType(inner).name === 'ID' || (name === 'vendorId' && takesNodes(getNamedType(field.type).name)),
        )
        .map(({ name }) => `${type.name}.${field.name}(${name}:)`),
    );
  });
}

/** The id positions that a field's arguments reach, at any depth. */
export function positionsIn(schema: GraphQLSchema, coordinate: string): string[] {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const args = isObjectType(type) ? (type.getFields()[fieldName]?.args ?? []) : [];
  return args.flatMap(({ name, type: inner }) => [
    ...(idPositions[`${coordinate}(${name}:)`] ? [`${coordinate}(${name}:)`] : []),
    ...positionsInInput(inner, new Set()),
  ]);
}

function positionsInInput(type: GraphQLInputType, above: ReadonlySet<string>): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || above.has(named.name)) return [];
  const within = new Set([...above, named.name]);
  return Object.values(named.getFields()).flatMap((field) => [
    ...(idPositions[`${named.name}.${field.name}`] ? [`${named.name}.${field.name}`] : []),
    ...positionsInInput(field.type, within),
  ]);
}

const meaningsOf = (position: string) => idPositions[position] ?? [];

/** The types that a viewer names at a position only with authority over what it names. */
export const guardedTypesOf = (position: string): NamedType[] =>
  meaningsOf(position).flatMap(([type, meaning]) => (meaning === 'authority' ? [type] : []));

/** What stands at a position: the id, or the vendor's own part of it. */
export const valueAt = (position: string, id: string): string =>
  position.endsWith('(vendorId:)') ? decodeURIComponent(id.split(':').at(-1) ?? '') : id;

/** Ids that only narrow what is asked for, or go with something else that is not given. */
const leftOut = new Set([
  'EventFilter.appIds',
  'EventFilter.spaceIds',
  'EventFilter.userIds',
  'MessageFilter.senderId',
  'SendMessageInput.hiddenFrom',
  'SendMessageInput.visibleTo',
  'CreateChatroomInput.speakerIds',
]);

/** Something at every position: of `ids` where it takes authority, another user and the like elsewhere. */
export function samplesOf({ app, foreign }: Scene, ids: Scene['foreign']): Samples {
  const entries = Object.keys(idPositions).flatMap((position): [string, string][] => {
    const meanings = meaningsOf(position);
    const [type, meaning] = meanings.find(([, each]) => each === 'authority') ?? meanings[0] ?? [];
    if (type === undefined || leftOut.has(position)) return [];
    if (type === 'User' && meaning === 'subject') return [[position, valueAt(position, `User:${app}:dave`)]];
    const id = type === 'App' ? `App:${app}` : (meaning === 'authority' ? ids : foreign)[type]?.[0];
    return id === undefined ? [] : [[position, valueAt(position, id)]];
  });
  return { ...plainSamples, ...Object.fromEntries(entries) };
}

/** The parts of an id that may hold a user. */
const userParts: Readonly<Partial<Record<NamedType, readonly number[]>>> = {
  Blocklist: [3],
  Conversation: [2, 4],
  Friend: [2, 3],
  Member: [4],
  Message: [3, 4],
};
const kinds = ['direct', 'group', 'chatroom', 'user', 'thread', 'community'];

/**
 * The same id written otherwise, or with its parts exchanged: the attacker in the place of each user, users in each other's place,
 * another kind of place, other letters' case, needless and double encoding, and characters that mean something in paths.
 */
export function exchanged(type: NamedType, id: string, attacker: string): string[] {
  const parts = id.split(':');
  const put = (changes: Readonly<Record<number, string>>) =>
    parts.map((part, index) => changes[index] ?? part).join(':');
  const users = userParts[type] ?? [];
  const last = parts.length - 1;
  const all = [
    ...users.flatMap((index) =>
      [attacker, attacker.toUpperCase(), (parts[index] ?? '').toUpperCase()].map((name) => put({ [index]: name })),
    ),
    ...(users.length === 2
      ? [put({ [users[0] ?? 0]: parts[users[1] ?? 0] ?? '', [users[1] ?? 0]: parts[users[0] ?? 0] ?? '' })]
      : []),
    ...parts.flatMap((part, index) =>
      kinds.includes(part) ? kinds.filter((kind) => kind !== part).map((kind) => put({ [index]: kind })) : [],
    ),
    ...parts
      .slice(0, 2)
      .flatMap((part, index) => [put({ [index]: part.toUpperCase() }), put({ [index]: encodeAll(part) })]),
    put({ [last]: encodeAll(parts[last] ?? '') }),
    put({ [last]: encodeAll(parts[last] ?? '').replaceAll('%', '%25') }),
    put({ [last]: (parts[last] ?? '').toUpperCase() }),
    ...['%20', '%00', '%0A', '%2F', '%EF%BB%BF', '%CC%81'].map((tail) => put({ [last]: `${parts[last]}${tail}` })),
    ...['..', '%2E%2E', '.', '%2F', '%3F', '%23', '*', '__proto__', 'constructor'].map((text) => put({ [last]: text })),
    ...[`${id}:`, `${id}:${attacker}`, ` ${id}`, `${id}\n`, id.replaceAll(':', '%3A')],
  ];
  return [...new Set(all)].filter((each) => each !== id);
}

const encodeAll = (part: string) =>
  [...Buffer.from(decodeURIComponent(part))]
    .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('');
