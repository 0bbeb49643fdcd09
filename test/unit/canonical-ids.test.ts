import { type GraphQLInputType, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { canonicalId } from '../../src/domain/id.ts';
import { makeSchema } from '../../src/server/schema.ts';

const fold = (id: string) => canonicalId(id, (app) => app === 'em');

describe('the canonical form of an id at a vendor that ignores case', () => {
  test.each([
    ['User:em:Bob', 'User:em:bob'],
    ['User:em:%42ob', 'User:em:bob'],
    ['Member:em:group:G1:Bob', 'Member:em:group:G1:bob'],
    ['Message:em:direct:Bob:ALICE:Key', 'Message:em:direct:bob:alice:Key'],
    ['Message:em:group:G1:ALICE:Key', 'Message:em:group:G1:alice:Key'],
    ['Conversation:em:Alice:direct:Bob', 'Conversation:em:alice:direct:bob'],
    ['Conversation:em:Alice:chatroom:R1', 'Conversation:em:alice:chatroom:R1'],
    ['Blocklist:em:user:Alice', 'Blocklist:em:user:alice'],
    ['Blocklist:em:group:G1', 'Blocklist:em:group:G1'],
    ['Friend:em:Alice:Bob', 'Friend:em:alice:bob'],
  ])('of %s is %s', (id, canonical) => {
    expect(fold(id)).toBe(canonical);
    expect(fold(canonical)).toBe(canonical);
  });

  test.each(['Group:em:G1', 'Chatroom:em:R1', 'Call:em:C1', 'App:em', 'Job:em:J1', 'Broadcast:em:B1', 'User:zim:Bob'])(
    'of %s is the id itself',
    (id) => expect(fold(id)).toBe(id),
  );

  test.each(['', 'Bob', 'User:em', 'User:em:Bob:more', 'Nobody:em:Bob', 'User:em:%', 'x'.repeat(2000), 'Event:em:E-1'])(
    'is not made for %j, which is no id of a node',
    (id) => expect(fold(id)).toBe(id),
  );
});

test('ids are made canonical before any field that takes one looks at it, at any depth of its input', async () => {
  const schema = makeSchema();
  const asked = new Error('asked for the canonical id');
  const context = {
    canonicalId() {
      throw asked;
    },
  };
  /** A value of an input type that holds one id, as deep as it stands; undefined where there is none. */
  const withId = (type: GraphQLInputType, above: readonly unknown[] = []): unknown[] => {
    const named = getNamedType(type);
    if (above.includes(named)) return [];
    const inner = isInputObjectType(named)
      ? Object.values(named.getFields()).flatMap((field) =>
          withId(field.type, [...above, named]).map((value) => ({ [field.name]: value })),
        )
      : named.name === 'ID'
        ? ['id']
        : [];
    return String(type).includes('[') ? inner.map((value) => [value]) : inner;
  };
  let places = 0;
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const run = type.name === 'Subscription' ? field.subscribe : field.resolve;
      for (const argument of field.args)
        for (const value of withId(argument.type)) {
          places += 1;
          const call = async () => run?.({}, { [argument.name]: value }, context as never, {} as never);
          await expect(call(), `${type.name}.${field.name} ${JSON.stringify(value)}`).rejects.toBe(asked);
        }
    }
  }
  expect(places).toBeGreaterThan(100);
});
