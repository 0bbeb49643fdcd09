import { dataOf, ensureCount, ensureEqual, everyPage } from './asking.ts';
import type { ModelSpace } from './model.ts';
import type { Walk, WalkApp } from './scene.ts';

export const spaceFields = `... on Space { id vendorId memberCount ... on Group { name owner { vendorId } }
  members(first: 100) { nodes { id role user { vendorId } } totalCount } }`;
const spaceQuery = `query ($id: ID!) { node(id: $id) { ${spaceFields} } }`;
const membersPage = `query ($id: ID!, $after: String) { node(id: $id) { ... on Space {
  members(first: 2, after: $after) { nodes { user { vendorId } } pageInfo { hasNextPage endCursor } } } } }`;
const blocklist = `query ($id: ID!) { node(id: $id) { ... on Group { blocklist { blocks(first: 100) { nodes { user { vendorId } } } } }
  ... on Chatroom { blocklist { blocks(first: 100) { nodes { user { vendorId } } } } } } }`;

interface SeenMember {
  readonly id: string;
  readonly role: string | null;
  readonly user: { readonly vendorId: string };
}

/** A space as its members see it, and that others do not. */
export async function checkSpace(walk: Walk, app: WalkApp, space: ModelSpace, isPaged: boolean): Promise<void> {
  const where = `${app.name} ${space.kind} ${space.id}`;
  const id = app.ids.place(space);
  const outsider = app.model.users.find((user) => !app.model.isIn(user, space));
  if (outsider !== undefined) {
    const { data, errors } = await app.as(outsider, spaceQuery, { id });
    ensureEqual(
      `${where} as seen by ${outsider}, who is not in it`,
      [data?.node ?? null, errors?.[0]?.extensions.code],
      [null, 'FORBIDDEN'],
    );
  }
  const viewer = [...space.members][0];
  if (space.isDeleted || viewer === undefined) return;
  const { node } = dataOf(where, await app.as(viewer, spaceQuery, { id }));
  const members: readonly SeenMember[] = node.members.nodes;
  const own = members.filter(({ user }) => app.model.users.includes(user.vendorId));
  ensureEqual(`${where} members`, own.map(({ user }) => user.vendorId).toSorted(), [...space.members].toSorted());
  // A room may have the app's system user in it.
  ensureEqual(`${where} memberCount`, node.memberCount, space.kind === 'group' ? space.members.size : members.length);
  ensureCount(`${where} members`, node.members.totalCount, members.length);
  if (space.kind === 'group') ensureEqual(`${where} name`, node.name, space.name);
  checkRoles(app, where, space, own);
  if (space.owner !== null) ensureEqual(`${where} owner`, node.owner?.vendorId, space.owner);
  if (!isPaged) return;
  const paged = await everyPage<SeenMember>(async (after) => {
    const page = dataOf(where, await app.as(viewer, membersPage, { id, after }));
    return page.node.members;
  });
  ensureEqual(
    `${where} members by pages`,
    paged.map(({ user }) => user.vendorId),
    members.map(({ user }) => user.vendorId),
  );
  await checkBlocklist(walk, app, space);
}

function checkRoles(app: WalkApp, where: string, space: ModelSpace, members: readonly SeenMember[]): void {
  for (const { role, id, user } of members) {
    ensureEqual(`${where} the id of ${user.vendorId}'s membership`, id, app.ids.member(space, user.vendorId));
    if (role === null || space.kind === 'chatroom') continue;
    const wanted = user.vendorId === space.owner ? 'OWNER' : space.admins.has(user.vendorId) ? 'ADMIN' : 'MEMBER';
    ensureEqual(`${where} the role of ${user.vendorId}`, role, wanted);
  }
}

async function checkBlocklist(walk: Walk, app: WalkApp, space: ModelSpace): Promise<void> {
  if (!app.supports.has(space.kind === 'group' ? 'Group.blocklist' : 'Chatroom.blocklist')) return;
  const where = `${app.name} ${space.kind} ${space.id} blocks`;
  const { node } = dataOf(where, await walk.operate(blocklist, { id: app.ids.place(space) }));
  const users = (node.blocklist.blocks.nodes as { user: { vendorId: string } }[]).map(({ user }) => user.vendorId);
  ensureEqual(where, users.toSorted(), [...space.blocked].toSorted());
}
