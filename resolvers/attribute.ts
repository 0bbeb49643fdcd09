import type { AttributeOwner } from '../src/domain/attribute.ts';
import type { Context } from '../src/domain/context.ts';
import { decodeId, spaceOf } from '../src/domain/id.ts';
import { keyOfSpace, type SpaceNode, type UserNode } from '../src/domain/node.ts';
import type { Attribute } from '../src/domain/space.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { actorOf } from './nodes.ts';
import { itemResults } from './results.ts';
import { checkCount, userMeant } from './user.ts';

type OwnerNode = UserNode | SpaceNode;

/** What attributes are kept on: what the id names, or the viewer in its first app. Throws `BAD_USER_INPUT`. */
function ownerNamed(id: string | null | undefined, context: Context): OwnerNode {
  const taken = id ? decodeId(id, ['User', 'Group', 'Chatroom'], 'input.ownerId') : null;
  return taken && taken.type !== 'User' ? spaceOf(taken) : userMeant(id, 'input.ownerId', context);
}

const keyOf = (node: OwnerNode): AttributeOwner =>
  node.__typename === 'User' ? { kind: 'user', id: node.userId } : keyOfSpace(node);

/** Those attributes that are wanted: a vendor may give more. */
export const wanted = (attributes: readonly Attribute[], keys: readonly string[] | null | undefined) =>
  keys ? attributes.filter(({ key }) => keys.includes(key)) : attributes;

export const attribute = {
  // No vendor read of this release tells who set an attribute, or when.
  Attribute: { setBy: () => null, updatedAt: () => null },
  Mutation: {
    async setAttributes(_, { input }, context) {
      const node = ownerNamed(input.ownerId, context);
      const view = context.app(node.app);
      view.takes('SetAttributesInput', input, 'input');
      checkCount(input.attributes.length, 'input.attributes');
      const outcomes = await view.run('Mutation.setAttributes', {
        owner: keyOf(node),
        attributes: input.attributes,
        overwrite: input.overwrite ?? false,
        removeOnLeave: input.removeOnLeave ?? false,
        actorId: actorOf(input.actorId, node.app, context),
      });
      const keys = input.attributes.map(({ key }) => key);
      return { results: itemResults(keys, outcomes), owner: node };
    },
    async deleteAttributes(_, { input }, context) {
      const node = ownerNamed(input.ownerId, context);
      const view = context.app(node.app);
      view.takes('DeleteAttributesInput', input, 'input');
      const keys = input.keys ?? null;
      if (keys) checkCount(keys.length, 'input.keys');
      else if (node.__typename !== 'User')
        throw new AppError('BAD_USER_INPUT', 'input.keys must name the keys.', { input: 'input.keys' });
      const outcomes = await view.run('Mutation.deleteAttributes', {
        owner: keyOf(node),
        keys,
        overwrite: input.overwrite ?? false,
        actorId: actorOf(input.actorId, node.app, context),
      });
      return { results: itemResults(keys ?? [], outcomes), owner: node };
    },
  },
} satisfies Resolvers;
