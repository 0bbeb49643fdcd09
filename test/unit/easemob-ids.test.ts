import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../../src/net/encode.ts';
import { groupBlocklist } from '../../src/vendors/easemob/endpoints/blocklist.ts';
import { groupMember } from '../../src/vendors/easemob/endpoints/member.ts';
import { attribute, user } from '../../src/vendors/easemob/endpoints/user.ts';
import { bareSpaceId, bareUserId, isSpaceId, isUserId } from '../../src/vendors/easemob/ids.ts';

const appKey = { orgName: 'Org', appName: 'my_app' };

describe('user ids', () => {
  test.each([
    ['Alice', 'alice'],
    ['org#my_app_alice', 'alice'],
    ['Org#my_app_al_ice@easemob.com/ios_1', 'al_ice'],
    ['alice@easemob.com/android', 'alice'],
    ['org#other_alice', 'org#other_alice'],
    ['', ''],
  ])('%s is %s without what stands around it', (text, expected) => {
    expect(bareUserId(text, appKey)).toBe(expected);
  });

  test.each([
    ['a', true],
    ['x'.repeat(64), true],
    ['ä'.repeat(33), false],
    ['a,b', false],
    ['', false],
  ])('%s could be one: %s', (id, expected) => {
    expect(isUserId(id)).toBe(expected);
  });
});

test.each([
  ['2784001', true],
  ['mygroup1', true],
  ['9'.repeat(64), true],
  ['', false],
  ['27A', false],
  ['my_group', false],
  ['1,2', false],
  ['..', false],
  ['9'.repeat(65), false],
])('%s could be the id of a group: %s', (id, expected) => {
  expect(isSpaceId(id)).toBe(expected);
});

test.each([
  ['org#my_app_2784001@conference.easemob.com', '2784001'],
  ['org#my_app_mygroup1@conference.easemob.com', 'mygroup1'],
  ['org#my_app_2b2@conference.easemob.com/ios_1', '2b2'],
  ['mygroup1', 'mygroup1'],
])('%s is the group %s without what stands around it', (text, expected) => {
  expect(bareSpaceId(text)).toBe(expected);
});

describe('a path', () => {
  const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' });

  test('for one user never reaches two', () => {
    const params = { group_id: '1', username: 'a,b' };
    expect(() => encodeRequest(groupBlocklist.remove, params, 'repeat')).toThrow(refused);
    expect(() => encodeRequest(user.get, { username: 'a,b' }, 'repeat')).toThrow(refused);
  });

  test('for many users joins them with an encoded comma', () => {
    const params = { group_id: '1', usernames: ['a', 'b/c'], need_notify: false };
    expect(encodeRequest(groupMember.removeBatch, params, 'repeat')).toMatchObject({
      path: '/chatgroups/1/users/a%2Cb%2Fc',
      query: [['need_notify', 'false']],
    });
  });

  test.each(['.', '..', '../users'])('never leaves its place for %s', (id) => {
    const sent = () => encodeRequest(user.get, { username: id }, 'repeat').path;
    if (id === '../users') expect(sent()).toBe('/users/..%2Fusers');
    else expect(sent).toThrow(refused);
  });

  test('of more than 60 users is refused', () => {
    const usernames = Array.from({ length: 61 }, (_, index) => `u${index}`);
    expect(() => encodeRequest(groupMember.removeBatch, { group_id: '1', usernames }, 'repeat')).toThrow(refused);
  });
});

test('attributes go as a form of free names', () => {
  const params = { username: 'alice', body: { nickname: 'Ann & Co', avatarurl: '' } };
  expect(encodeRequest(attribute.set, params, 'repeat')).toMatchObject({
    method: 'PUT',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'nickname=Ann%20%26%20Co&avatarurl=',
  });
});
