import { AppCommand, expectOutcome, mutation, results } from './app-command.ts';
import { dataOf, ensureEqual } from './asking.ts';
import type { ModelSpace } from './model.ts';
import type { Walk, WalkApp } from './scene.ts';
import { spaceFields } from './space-checks.ts';

/** What an answer says of a space is what is read of it. */
async function ensureFresh(
  walk: Walk,
  app: WalkApp,
  what: string,
  space: ModelSpace,
  answered: unknown,
): Promise<void> {
  const query = `query ($id: ID!) { node(id: $id) { ${spaceFields} } }`;
  const fresh = dataOf(what, await walk.operate(query, { id: app.ids.place(space) })).node;
  ensureEqual(`${app.name}: what ${what} answers, read again`, fresh, answered);
}

const spaceKind = { group: 'Group', chatroom: 'Chatroom' } as const;

export class CreateGroup extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    if (app.model.spacesOf('group').filter(({ isDeleted }) => !isDeleted).length >= 3) return false;
    const owner = this.user(app, 0);
    const members = app.model.users.filter((user, index) => user !== owner && (this.number(1) >> index) % 2 === 1);
    const name = `group ${walk.next()}`;
    const input = {
      appId: `App:${app.name}`,
      name,
      ownerId: app.ids.user(owner),
      memberIds: members.map((each) => app.ids.user(each)),
      settings: app.supports.has('CreateGroupInput.settings') ? { joinPolicy: 'OPEN' } : undefined,
    };
    const answer = await walk.operate(mutation('createGroup', `group { ${spaceFields} } ${results}`), { input });
    expectOutcome(`${app.name}: ${owner} creates a group`, 'createGroup', answer, 'ok');
    const { group } = answer.data.createGroup;
    const space = app.model.created('group', group.vendorId, name, owner, [owner, ...members]);
    await ensureFresh(walk, app, 'createGroup', space, group);
    return true;
  }
}

/** The first users of a room are those that the vendor puts in. */
export class CreateChatroom extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    if (app.model.spacesOf('chatroom').filter(({ isDeleted }) => !isDeleted).length >= 2) return false;
    const name = `room ${walk.next()}`;
    const input = { appId: `App:${app.name}`, name };
    const answer = await walk.operate(mutation('createChatroom', `chatroom { ${spaceFields} } ${results}`), { input });
    expectOutcome(`${app.name}: a room is created`, 'createChatroom', answer, 'ok');
    const { chatroom } = answer.data.createChatroom;
    const space = app.model.created('chatroom', chatroom.vendorId, name, null, []);
    await ensureFresh(walk, app, 'createChatroom', space, chatroom);
    return true;
  }
}

export class ChangeMembers extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.space(app, 'group', 0);
    const user = this.user(app, 1);
    if (!group || user === group.owner || group.blocked.has(user)) return false;
    await apart(walk, app, group, user);
    const isIn = group.members.has(user);
    const field = isIn ? 'removeMembers' : 'addMembers';
    const input = { spaceId: app.ids.place(group), userIds: [app.ids.user(user)] };
    const answer = await walk.operate(mutation(field, `${results} space { ${spaceFields} }`), { input });
    expectOutcome(`${app.name}: ${field} ${user}`, field, answer, 'ok');
    if (isIn) app.model.left(group, [user]);
    else app.model.joined(group, [user]);
    await ensureFresh(walk, app, field, group, answer.data[field].space);
    return true;
  }
}

/** For a known difference: two changes of one membership need a second between them. */
async function apart(walk: Walk, app: WalkApp, space: ModelSpace, user: string): Promise<void> {
  if (!app.holds('two changes of one membership within a second are two'))
    await walk.apart(`${app.name} ${space.kind} ${space.id} ${user}`);
}

export class Leave extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.space(app, 'group', 0);
    const user = group && this.pick([...group.members], 1);
    if (!app.supports.has('Mutation.leaveSpace') || !group || !user || user === group.owner) return false;
    await apart(walk, app, group, user);
    const input = { spaceId: app.ids.place(group) };
    const answer = await app.as(user, mutation('leaveSpace', 'space { id }'), { input });
    expectOutcome(`${app.name}: ${user} leaves`, 'leaveSpace', answer, 'ok');
    app.model.left(group, [user]);
    return true;
  }
}

/** A client comes into a space by itself, or leaves it. */
export class Visit extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const space = this.space(app, this.number(2) % 4 === 0 ? 'group' : 'chatroom', 0);
    const user = this.user(app, 1);
    if (!space || user === space.owner || space.blocked.has(user)) return false;
    await apart(walk, app, space, user);
    const isIn = space.members.has(user);
    // Some vendors end a room when the last one leaves it.
    if (isIn && space.kind === 'chatroom' && space.members.size === 1) return false;
    await walk.world.visit(app.vendor, isIn ? 'leave' : 'join', user, space);
    if (isIn) app.model.left(space, [user]);
    else app.model.joined(space, [user]);
    return true;
  }
}

export class Transfer extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.space(app, 'group', 0);
    const user = group && this.pick([...group.members], 1);
    if (!app.supports.has('Mutation.transferOwnership') || !group || !user || user === group.owner) return false;
    const input = { spaceId: app.ids.place(group), newOwnerId: app.ids.user(user) };
    const answer = await walk.operate(mutation('transferOwnership', `space { ${spaceFields} }`), { input });
    expectOutcome(`${app.name}: the group goes to ${user}`, 'transferOwnership', answer, 'ok');
    group.owner = user;
    group.admins.delete(user);
    group.muted.delete(user);
    await ensureFresh(walk, app, 'transferOwnership', group, answer.data.transferOwnership.space);
    return true;
  }
}

export class Rename extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.space(app, 'group', 0);
    if (!group || !app.supports.has('Mutation.updateGroup')) return false;
    const name = `renamed ${walk.next()}`;
    const input = { groupId: app.ids.place(group), name };
    const answer = await walk.operate(mutation('updateGroup', `group { ${spaceFields} }`), { input });
    expectOutcome(`${app.name}: a group is renamed`, 'updateGroup', answer, 'ok');
    group.name = name;
    await ensureFresh(walk, app, 'updateGroup', group, answer.data.updateGroup.group);
    return true;
  }
}

/** A member who is not the owner becomes an admin, or is one no more. */
export class ChangeRole extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.space(app, 'group', 0);
    const user = group && this.pick([...group.members], 1);
    if (!app.supports.has('Mutation.setMemberRole') || !group || !user || user === group.owner) return false;
    const role = group.admins.has(user) ? 'MEMBER' : 'ADMIN';
    const input = { spaceId: app.ids.place(group), userIds: [app.ids.user(user)], role };
    const answer = await walk.operate(mutation('setMemberRole', `${results} space { ${spaceFields} }`), { input });
    expectOutcome(`${app.name}: ${user} becomes ${role}`, 'setMemberRole', answer, 'ok');
    if (role === 'ADMIN') group.admins.add(user);
    else group.admins.delete(user);
    await ensureFresh(walk, app, 'setMemberRole', group, answer.data.setMemberRole.space);
    return true;
  }
}

export class ChangeMute extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.space(app, 'group', 0);
    const user = group && this.pick([...group.members], 1);
    const field = group && user && group.muted.has(user) ? 'unmuteMembers' : 'muteMembers';
    if (!app.supports.has(`Mutation.${field}`) || !group || !user || user === group.owner) return false;
    if (group.admins.has(user)) return false;
    const input = { spaceId: app.ids.place(group), userIds: [app.ids.user(user)] };
    const answer = await walk.operate(mutation(field, results), { input });
    expectOutcome(`${app.name}: ${field} ${user}`, field, answer, 'ok');
    if (field === 'muteMembers') group.muted.add(user);
    else group.muted.delete(user);
    return true;
  }
}

/** A user is put out of a space and kept out, or may come back. */
export class ChangeSpaceBlock extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const space = this.space(app, this.number(2) % 2 === 0 ? 'group' : 'chatroom', 0);
    const user = this.user(app, 1);
    if (!space || user === space.owner || !app.supports.has(`${spaceKind[space.kind]}.blocklist`)) return false;
    const isBlocked = space.blocked.has(user);
    if (!isBlocked && !space.members.has(user)) return false;
    await apart(walk, app, space, user);
    const field = isBlocked ? 'unblockUsers' : 'blockUsers';
    const input = { ownerId: app.ids.place(space), userIds: [app.ids.user(user)] };
    const answer = await walk.operate(mutation(field, results), { input });
    expectOutcome(`${app.name}: ${field} ${user} in ${space.kind} ${space.id}`, field, answer, 'ok');
    if (isBlocked) {
      space.blocked.delete(user);
      return true;
    }
    app.model.left(space, [user]);
    space.blocked.add(user);
    return true;
  }
}

export class DeleteSpace extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const space = this.space(app, this.number(2) % 2 === 0 ? 'group' : 'chatroom', 0);
    // Spaces are few: most picks leave them.
    if (!space || this.number(1) % 3 !== 0) return false;
    const input = { spaceId: app.ids.place(space) };
    const answer = await walk.operate(mutation('deleteSpace', 'deletedSpaceId'), { input });
    expectOutcome(`${app.name}: a ${space.kind} is deleted`, 'deleteSpace', answer, 'ok');
    ensureEqual(`${app.name}: the id deleted`, answer.data.deleteSpace.deletedSpaceId, input.spaceId);
    app.model.deleted(space);
    return true;
  }
}
