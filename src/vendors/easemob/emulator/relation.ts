import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { echoedQuery } from './envelope.ts';
import { refuse } from './failures.ts';
import { cursorPage } from './paging.ts';
import { tellRoster } from './told.ts';
import { knownUser, userEntity } from './user.ts';
import { numberOf, textOf } from './values.ts';

/** A user's friends with the remark that it gave each. */
function contactsOf(user: EmulatedUser): Map<string, string | null> {
  const known = user.extra.get('contacts');
  if (known instanceof Map) return known as Map<string, string | null>;
  const contacts = new Map<string, string | null>();
  user.extra.set('contacts', contacts);
  return contacts;
}

/** Makes two users friends, without telling anybody. */
export function befriend(state: EmulatedState, one: string, other: string): void {
  contactsOf(knownUser(state, one)).set(other, null);
  contactsOf(knownUser(state, other)).set(one, null);
}

const list: Handler = (params, { state, request }) => {
  const contacts = [...contactsOf(knownUser(state, textOf(params, 'username')))];
  const page = cursorPage(contacts, ([id]) => id, {
    size: numberOf(params, 'limit', 10),
    max: 50,
    cursor: textOf(params, 'cursor'),
  });
  const withRemarks = textOf(params, 'needReturnRemark') === 'true' || params['needReturnRemark'] === true;
  const rows = page.rows.map(([username, remark]) => (withRemarks ? { username, remark } : { username }));
  return { data: { contacts: rows }, count: rows.length, ...page.next, ...echoedQuery(request) };
};

const mostContacts = 3000;

/** Both directions at once; who are friends stay so. */
const add: Handler = (params, { app, state }) => {
  const [user, friend] = ['owner_username', 'friend_username'].map((name) => knownUser(state, textOf(params, name)));
  if (!user || !friend) throw new Error('two names give two users');
  const contacts = contactsOf(user);
  if (!contacts.has(friend.id)) {
    if (contacts.size >= mostContacts) refuse(403, 'exceed_limit', 'user contact number exceed limit');
    befriend(state, user.id, friend.id);
    tellRoster(app, 'add', user.id, friend.id);
  }
  return { entities: [userEntity(friend, app)] };
};

/** Both directions, remarks too; the blocklist stays (easemob.yaml, contact.removeAll). */
const removeAll: Handler = (params, { app, state }) => {
  const user = knownUser(state, textOf(params, 'username'));
  for (const id of contactsOf(user).keys()) {
    contactsOf(knownUser(state, id)).delete(user.id);
    tellRoster(app, 'remove', user.id, id);
  }
  contactsOf(user).clear();
  return {};
};

export const relationHandlers = {
  'easemob.contact.listPaged': list,
  'easemob.contact.add': add,
  'easemob.contact.removeAll': removeAll,
} satisfies Record<string, Handler>;
