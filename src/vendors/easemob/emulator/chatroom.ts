import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import { echoedQuery } from './envelope.ts';
import { refuse } from './failures.ts';
import { cursorPage } from './paging.ts';
import {
  chatroomWords,
  checkCustom,
  checkLength,
  knownMember,
  knownSpace,
  lookUp,
  newestFirst,
  newSpaceId,
  prefixedOwner,
  serverOperator,
  spaceDetails,
  spaceIsFull,
  spaceNotFound,
} from './spaces.ts';
import { numberOf, textOf, textsOf, unique } from './values.ts';

const defaultMaxUsers = 1000;
const mostMaxUsers = 10_000;

/** The owner counts towards maxusers. */
const create: Handler = (params, context) => {
  const { state } = context;
  for (const name of ['name', 'description', 'owner']) {
    if (textOf(params, name) === '') refuse(400, 'invalid_parameter', `${name} must be provided`);
  }
  checkLength(params, 'name', 128);
  checkLength(params, 'description', 512);
  checkCustom(params);
  const maxMembers = numberOf(params, 'maxusers', defaultMaxUsers);
  if (maxMembers < 1 || maxMembers > mostMaxUsers)
    refuse(400, 'invalid_parameter', `maxusers must be between 1 and ${mostMaxUsers}`);
  const names = textsOf(params, 'members');
  if (Array.isArray(params['members']) && names.length === 0)
    refuse(400, 'invalid_parameter', 'members must be provided');
  const owner = knownMember(state, textOf(params, 'owner'));
  const members = unique([owner, ...names.map((name) => knownMember(state, name))]);
  if (members.length > maxMembers) refuse(...spaceIsFull);
  const room = state.addSpace(
    'chatroom',
    newSpaceId(textOf(params, 'roomid'), context),
    {
      name: textOf(params, 'name'),
      description: textOf(params, 'description'),
      owner,
      members,
      maxMembers,
      extra: new Map([['custom', textOf(params, 'custom')]]),
    },
    serverOperator,
  );
  return { data: { id: room.id } };
};

const get: Handler = (params, { state }) =>
  lookUp(params, state, chatroomWords, { details: spaceDetails, failure: spaceNotFound });

const remove: Handler = (params, { state }) => {
  const room = knownSpace(params, state, chatroomWords);
  state.deleteSpace(room, serverOperator);
  return { data: { success: true, id: room.id } };
};

const listRow = (room: EmulatedSpace, context: HandlerContext) => ({
  id: room.id,
  name: room.name,
  owner: prefixedOwner(room, context),
  affiliations_count: room.members.size,
});

const list: Handler = (params, context) => {
  const size = numberOf(params, 'limit', 10);
  const rooms = newestFirst(context.state.chatrooms.values());
  const page = cursorPage(rooms, (room) => room.id, { size, max: 1000, cursor: textOf(params, 'cursor') });
  const data = page.rows.map((room) => listRow(room, context));
  return { data, count: data.length, ...page.next, ...echoedQuery(context.request) };
};

const getAnnouncement: Handler = (params, { state }) => ({
  data: { announcement: knownSpace(params, state, chatroomWords).announcement },
});

export const chatroomHandlers = {
  'easemob.chatroom.create': create,
  'easemob.chatroom.get': get,
  'easemob.chatroom.delete': remove,
  'easemob.chatroom.list': list,
  'easemob.chatroom.announcement.get': getAnnouncement,
} satisfies Record<string, Handler>;
