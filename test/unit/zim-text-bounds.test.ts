import { describe, expect, test } from 'vitest';
import { textBound } from '../../src/vendors/zim/adapters/bounds.ts';
import { checkProfile } from '../../src/vendors/zim/adapters/user.ts';
import { catalogue } from '../../src/vendors/zim/catalogue.ts';

const rowOf = (endpoint: string, name: string) =>
  catalogue.endpoints.find(({ id }) => id === endpoint)?.params.find((param) => param.name === name);

describe('the bound of a text of one item is the one that the catalogue has', () => {
  test.each([
    ['zim.user.info.modify', 'UserInfo[].UserName', 'é', 2],
    ['zim.group.members.nickname.set', 'UserIds[].Nickname', '𝄞', 4],
  ] as const)('%s %s, in bytes', (endpoint, name, letter, size) => {
    const most = rowOf(endpoint, name)?.bytes ?? 0;
    const check = textBound(endpoint, name);
    expect(most % size).toBe(0);
    expect(check(letter.repeat(most / size), 'It')).toBeUndefined();
    expect(check(`${letter.repeat(most / size)}x`, 'It')).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `It has at most ${most} bytes.`,
    });
  });

  test('a text that is counted in characters has as many of any width', () => {
    const [endpoint, name] = ['zim.relation.friend.add', 'FriendInfos[].FriendAlias'] as const;
    const most = rowOf(endpoint, name)?.chars ?? 0;
    const check = textBound(endpoint, name);
    expect(check('𝄞'.repeat(most), 'It')).toBeUndefined();
    expect(check('𝄞'.repeat(most + 1), 'It')?.message).toBe(`It has at most ${most} characters.`);
  });

  test('no text is within every bound, and a parameter without a bound cannot be asked for', () => {
    expect(textBound('zim.user.info.modify', 'UserInfo[].UserAvatar')(null, 'It')).toBeUndefined();
    expect(() => textBound('zim.user.info.modify', 'UserInfo')).toThrow('no bound for the text UserInfo');
  });

  test('registering and changing a user, and registering a bot, have one bound for names and one for pictures', () => {
    const endpoints = ['zim.user.info.modify', 'zim.user.register', 'zim.bot.register'];
    for (const name of ['UserInfo[].UserName', 'UserInfo[].UserAvatar'])
      expect(new Set(endpoints.map((endpoint) => rowOf(endpoint, name)?.bytes)).size).toBe(1);
    const most = rowOf('zim.user.info.modify', 'UserInfo[].UserName')?.bytes ?? 0;
    expect(checkProfile({ name: 'x'.repeat(most + 1) })?.code).toBe('BAD_USER_INPUT');
  });
});
