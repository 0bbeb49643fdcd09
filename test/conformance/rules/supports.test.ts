import { type GraphQLField, isInterfaceType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSchema } from '../../../src/server/schema.ts';
import type { Data } from '../../support/answers.ts';
import { allApps } from '../../support/apps.ts';
import { type Furnished, furnish } from '../../support/furnished-app.ts';
import { otherRuleApps, type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene(allApps);
const schema = makeSchema();

/** Arguments of fields that need some. */
const argumentsOf = ({ app, user, group }: RuleApp): Readonly<Record<string, string>> => ({
  'App.chatroom': 'vendorId: "1"',
  'App.community': 'vendorId: "1"',
  'App.group': 'vendorId: "1"',
  'App.user': 'vendorId: "bob"',
  'App.decisionTrial': `message: { senderId: "${user('alice')}", to: "${user('bob')}", text: "hello" }`,
  'App.mutedSpaces': 'kind: GROUP',
  'Blocklist.contains': `userIds: ["${user('frank')}"]`,
  'Chatroom.member': `userId: "${user('bob')}"`,
  'Community.member': `userId: "${user('bob')}"`,
  'Group.member': `userId: "${user('bob')}"`,
  'Thread.member': `userId: "${user('bob')}"`,
  'User.conversation': `peerId: "${group}"`,
  'User.relations': `to: ["${user('carol')}"]`,
  'App.supports': `operation: "App:${app}"`,
});

/** Where null is an answer, and nothing in this scene is otherwise: the state of one moment, or what only the answer to a change has. */
const maybeNull = [
  'App.decisionPolicy',
  'Broadcast.sentAt',
  'File.name',
  'File.byteSize',
  'File.url',
  'File.createdAt',
  'File.owner',
  'File.group',
  'Thread.group',
  'Conversation.unreadCount',
  'Job.pauseCause',
];

/** Types whose fields hang on another type's. */
const below: Readonly<Record<string, readonly [type: string, field: string]>> = {
  Presence: ['User', 'presence'],
  Relation: ['User', 'viewerRelation'],
};

/** Lists that tell more of their entries than a read of one does. */
const lists: Readonly<Record<string, readonly [owner: string, path: string]>> = {
  Member: ['Chatroom', 'members(first: 20)'],
};

const node = schema.getType('Node');
const types = [
  ...(isInterfaceType(node) ? schema.getPossibleTypes(node) : []),
  ...Object.keys(below).map((name) => schema.getType(name)),
]
  .filter(isObjectType)
  .map((type) => [type.name, Object.values(type.getFields()).filter(({ type: of }) => !isNonNullType(of))] as const);

const isSingle = ({ type }: GraphQLField<unknown, unknown>) => isLeafType(type);

describe.each([...ruleApps, ...otherRuleApps])('%s', (_, at) => {
  let furnished: Furnished;
  let supported: ReadonlySet<string>;
  beforeAll(async () => {
    furnished = await furnish(scene, at);
    const query = 'query ($id: ID!) { app(id: $id) { capabilities { operation } } }';
    const { capabilities } = (await scene.operate(query, { id: `App:${at.app}` })).app;
    supported = new Set(capabilities.map(({ operation }: Data) => operation));
  }, 120_000);

  test.each(types)(
    'a field of %s gives what supports says: nothing where it says no, and no NOT_SUPPORTED where it says yes',
    async (type, fields) => {
      const token = await scene.gateway.token({
        subject: 'alice',
        accounts: { [at.app]: 'alice' },
        scopes: ['chat:read', 'chat:write', 'chat:moderate', 'chat:admin'],
      });
      const [owner, path] = below[type] ?? [type, null];
      const wrong: string[] = [];
      for (const field of fields) {
        const coordinate = `${type}.${field.name}`;
        const args = argumentsOf(at)[coordinate];
        const selection = `${field.name}${args ? `(${args})` : ''} ${isSingle(field) || coordinate === 'Blocklist.contains' ? '' : '{ __typename }'}`;
        const query = `query ($id: ID!) { node(id: $id) { ... on ${owner} { ${path ? `${path} { ${selection} }` : selection} } } }`;
        const values: unknown[] = [];
        const codes = new Set<unknown>();
        for (const id of furnished[owner] ?? []) {
          const { data, errors = [] } = await scene.gateway.query(token, query, { id });
          const node = path ? data?.node?.[path] : data?.node;
          if (node?.[field.name] !== null && node?.[field.name] !== undefined) values.push(node[field.name]);
          for (const { path: place, extensions } of errors)
            if (place?.at(-1) === field.name) codes.add(extensions['code']);
        }
        const [listOwner = '', list = ''] = lists[type] ?? [];
        for (const id of furnished[listOwner] ?? []) {
          const of = `query ($id: ID!) { node(id: $id) { ... on ${listOwner} { list: ${list} { nodes { ${selection} } } } } }`;
          const { nodes } = (await scene.operate(of, { id })).node.list;
          values.push(...nodes.flatMap((each: Data) => each[field.name] ?? []));
        }
        const isSupported = supported.has(coordinate);
        const isOfNothing = path !== null && !supported.has(`${owner}.${path}`);
        const isToBeRefused = !isSupported && !isSingle(field) && !isOfNothing;
        if (codes.has('NOT_SUPPORTED') !== isToBeRefused)
          wrong.push(`${coordinate} is ${isToBeRefused ? 'not ' : ''}refused, and supported: ${isSupported}`);
        const mayBeEither = isSupported && maybeNull.includes(coordinate);
        if (values.length > 0 !== isSupported && !mayBeEither)
          wrong.push(
            `${coordinate} is ${isSupported ? 'null' : JSON.stringify(values)}, and supported: ${isSupported}`,
          );
      }
      expect(wrong).toEqual([]);
    },
  );
});
