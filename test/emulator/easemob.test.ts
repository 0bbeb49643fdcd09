import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EasemobBench, easemobBench, easemobCredentials } from '../support/easemob.ts';

let bench: EasemobBench;
const failure = (status: number, error: string, description: unknown) => ({
  status,
  body: expect.objectContaining({ error, error_description: description }),
});

beforeEach(async () => {
  bench = await easemobBench();
});
afterEach(() => bench.emulator.stop());

describe('tokens', () => {
  const { clientId: client_id, clientSecret: client_secret } = easemobCredentials;
  const grant = (body: unknown) => bench.call('POST', '/token', body, {});

  test('an app token comes bare, with its seconds and the app', async () => {
    const { status, body } = await grant({ grant_type: 'client_credentials', client_id, client_secret, ttl: 3600 });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        access_token: expect.stringMatching(/^YWMt/),
        expires_in: 3600,
        application: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  test.each([
    [{ client_secret }, 'illegal_argument', 'client_id must be provided.'],
    [{ client_id }, 'illegal_argument', 'client_secret must be provided'],
    [{ client_id: 'x', client_secret }, 'invalid_grant', 'client_id does not match'],
    [{ client_id, client_secret: 'x' }, 'invalid_grant', 'client_secret does not match'],
  ])('refuses app credentials %j', async (body, error, description) => {
    expect(await grant({ grant_type: 'client_credentials', ...body })).toEqual(failure(400, error, description));
  });

  test('an app token ends after its ttl, and 0 never ends', async () => {
    const short = await grant({ grant_type: 'client_credentials', client_id, client_secret, ttl: 60 });
    const endless = await grant({ grant_type: 'client_credentials', client_id, client_secret, ttl: 0 });
    const use = (token: string) => bench.call('GET', '/users/alice', undefined, { authorization: `Bearer ${token}` });
    await bench.clock.advance(59_999);
    expect((await use(short.body.access_token)).status).toBe(200);
    await bench.clock.advance(1);
    expect(await use(short.body.access_token)).toEqual(
      failure(401, 'unauthorized', 'Unable to authenticate due to expired access token'),
    );
    await bench.clock.advance(400 * 24 * 3600 * 1000);
    expect((await use(endless.body.access_token)).status).toBe(200);
  });

  test.each([
    [{}, 'unauthorized', 'Unable to authenticate (OAuth)'],
    [{ authorization: 'Basic abc' }, 'unauthorized', 'Unable to authenticate (OAuth)'],
    [{ authorization: 'Bearer  two-spaces' }, 'unauthorized', 'Unable to authenticate (OAuth)'],
    [
      { authorization: 'Bearer nonsense' },
      'auth_bad_access_token',
      'Unable to authenticate due to corrupt access token',
    ],
    [{ authorization: 'Bearer YWMtElsewhere' }, 'auth_bad_access_token', 'Unable to authenticate'],
  ])('refuses the header %j', async (headers, error, description) => {
    expect(await bench.call('GET', '/users/alice', undefined, headers)).toEqual(failure(401, error, description));
  });

  test('a password token works for calls about that user only', async () => {
    const { body } = await grant({
      grant_type: 'password',
      username: 'ALICE',
      password: 'alice-password',
      ttl: '1024000',
    });
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 1_024_000,
      user: {
        uuid: expect.any(String),
        type: 'user',
        created: expect.any(Number),
        modified: expect.any(Number),
        username: 'alice',
        activated: true,
      },
    });
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await bench.call('GET', '/users/alice', undefined, headers)).status).toBe(200);
    expect((await bench.call('GET', '/users/bob', undefined, headers)).status).toBe(401);
    expect((await bench.call('GET', '/chatgroups', undefined, headers)).status).toBe(401);
    expect(await bench.call('GET', '/metadata/user/bob', undefined, headers)).toEqual(
      failure(401, 'metadata_error', 'auth error'),
    );
  });

  test('an inherited token needs the app token and creates the user only when told to', async () => {
    const body = { grant_type: 'inherit', username: 'Newcomer', autoCreateUser: false };
    expect((await grant(body)).status).toBe(401);
    expect(await bench.call('POST', '/token', body)).toEqual(failure(404, 'invalid_grant', 'user not found'));
    const made = await bench.call('POST', '/token', { ...body, autoCreateUser: true });
    expect(made.body.user.username).toBe('newcomer');
    expect(await bench.call('POST', '/token', { ...body, username: 'no spaces' })).toEqual(
      failure(400, 'illegal_argument', 'username [no spaces] is not legal'),
    );
  });

  test('a dynamic token is taken when its signature is right and its time is not over', async () => {
    const curTime = Math.floor(bench.clock.now() / 1000);
    const text = `${client_id}org#appalice${curTime}600${client_secret}`;
    const make = (signature: string) => {
      const json = JSON.stringify({ signature, appkey: 'org#app', userId: 'alice', curTime, ttl: 600 });
      return { authorization: `Bearer ${Buffer.from(`dt-${json}`).toString('base64url')}` };
    };
    const good = createHash('sha256').update(text).digest('hex');
    expect((await bench.call('GET', '/users/alice', undefined, make(good))).status).toBe(200);
    expect((await bench.call('GET', '/users/alice', undefined, make(good.toUpperCase()))).status).toBe(401);
    expect((await bench.call('GET', '/users/alice', undefined, make('00'.repeat(32)))).status).toBe(401);
    await bench.clock.advance(600_000);
    expect((await bench.call('GET', '/users/alice', undefined, make(good))).body.error_description).toMatch(/expired/);
  });
});

describe('addresses', () => {
  test('a wrong org or app is 404 with the URI', async () => {
    const response = await fetch(`${bench.emulator.url}/org/other/users`);
    expect({ status: response.status, body: await response.json() }).toEqual(
      failure(
        404,
        'organization_application_not_found',
        'Could not find application for org/other from URI: org/other/users',
      ),
    );
  });

  test('an unknown path and a wrong method are told apart', async () => {
    expect(await bench.call('GET', '/no/such/thing')).toEqual(
      failure(500, 'web_application', 'javax.ws.rs.WebApplicationException'),
    );
    expect(await bench.call('PATCH', '/chatgroups')).toEqual(
      failure(500, 'unsupported_service_operation', 'Service operation not supported'),
    );
  });

  test.each([
    ['none', undefined],
    ['that of a form, which is what curl sends', 'application/x-www-form-urlencoded'],
    ['that of plain text', 'text/plain;charset=UTF-8'],
    ['its own with a charset', 'application/json; charset=utf-8'],
  ])('JSON is taken under every Content-Type: %s', async (_, type) => {
    // A Blob without a type goes out without the header, which a text would not.
    const as = (body: unknown) => new Blob([JSON.stringify(body)], { type: type ?? '' });
    const { clientId: client_id, clientSecret: client_secret } = easemobCredentials;
    const grant = as({ grant_type: 'client_credentials', client_id, client_secret });
    const token = await fetch(`${bench.base}/token`, { method: 'POST', body: grant });
    expect({ status: token.status, body: await token.json() }).toMatchObject({
      status: 200,
      body: { access_token: expect.any(String) },
    });
    const sent = await fetch(`${bench.base}/messages/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bench.token}` },
      body: as({ from: 'alice', to: ['bob'], type: 'txt', body: { msg: 'hi' } }),
    });
    expect({ status: sent.status, body: await sent.json() }).toMatchObject({
      status: 200,
      body: { data: { bob: expect.any(String) } },
    });
  });

  test('a body that is not JSON is refused, and a form in another type', async () => {
    expect(await bench.call('POST', '/chatgroups', '{"public":')).toEqual(
      failure(400, 'json_parse', expect.any(String)),
    );
    expect((await bench.call('PUT', '/metadata/user/alice', '{"a":"b"}')).status).toBe(415);
  });
});

describe('users', () => {
  test('registering one stores the id in lower case; a second time is refused', async () => {
    const made = await bench.call('POST', '/users', { username: 'New.One', password: 'p', nickname: 'N' });
    expect(made.body.entities).toEqual([
      expect.objectContaining({ username: 'new.one', activated: true, nickname: 'N' }),
    ]);
    expect((await bench.call('GET', '/users/NEW.ONE')).body).toMatchObject({
      count: 1,
      entities: [{ username: 'new.one' }],
    });
    const again = await bench.call('POST', '/users', { username: 'new.one', password: 'p' });
    expect(again.body.error_description).toMatch(
      /^Application [0-9a-f-]{36} Entity user requires that property named username be unique, value of new.one exists$/,
    );
  });

  test.each([
    [{ password: 'p' }, 'required_property_not_found', 'Entity user requires a property named username'],
    [{ username: 'a b', password: 'p' }, 'illegal_argument', 'username [a b] is not legal'],
    [{ username: 'a'.repeat(65), password: 'p' }, 'illegal_argument', 'USERNAME_TOO_LONG'],
    [{ username: 'ok' }, 'illegal_argument', 'password or pin must provided'],
    [{ username: 'ok', password: 'p', nickname: 'n'.repeat(101) }, 'illegal_argument', 'NICKNAME_TOO_LONG'],
  ])('refuses to register %j', async (body, error, description) => {
    expect(await bench.call('POST', '/users', body)).toEqual(failure(400, error, description));
  });

  test('a batch creates the new names and tells the taken ones in data', async () => {
    const { body } = await bench.call('POST', '/users', [
      { username: 'alice', password: 'p' },
      { username: 'fresh', password: 'p' },
    ]);
    expect(body.entities.map((user: { username: string }) => user.username)).toEqual(['fresh']);
    expect(body.data).toEqual([{ username: 'alice', registerUserFailReason: 'the alice already exists' }]);
  });

  test('a batch of 61 and one name with two passwords are refused whole', async () => {
    const rows = Array.from({ length: 61 }, (_, index) => ({ username: `n${index}`, password: 'p' }));
    expect((await bench.call('POST', '/users', rows)).body.error_description).toBe(
      'Request body array size[61] had almost reached or been greater than the upper range value[60]',
    );
    const twice = [
      { username: 'same', password: 'p' },
      { username: 'Same', password: 'q' },
    ];
    expect((await bench.call('POST', '/users', twice)).body.error_description).toBe(
      'the same user same has a different password, the passwords are [p, q]',
    );
    expect((await bench.call('POST', '/users', rows.slice(0, 60))).body.entities).toHaveLength(60);
  });

  test('registration without a token is refused unless it is open, and then takes one object only', async () => {
    const row = { username: 'walkin', password: 'p' };
    const closed = failure(401, 'unauthorized', "Open registration doesn't allow, so register user need token");
    expect(await bench.call('POST', '/users', row, {})).toEqual(closed);
    const open = await easemobBench({ switches: ['open-registration'] });
    expect((await open.call('POST', '/users', row, {})).status).toBe(200);
    expect(await open.call('POST', '/users', [row], {})).toEqual(closed);
    await open.emulator.stop();
  });

  test('status knows who is online, reports strangers offline, and takes 100 names', async () => {
    const { body } = await bench.call('POST', '/users/batch/status', { usernames: ['alice', 'carol', 'nobody'] });
    expect(body).toMatchObject({
      action: 'get batch user status',
      data: [{ alice: 'online' }, { carol: 'offline' }, { nobody: 'offline' }],
    });
    expect((await bench.call('GET', '/users/alice/status')).body).toMatchObject({
      data: { alice: 'online' },
      entities: [],
      count: 0,
    });
    const usernames = Array.from({ length: 101 }, (_, index) => `u${index}`);
    expect((await bench.call('POST', '/users/batch/status', { usernames })).body.error_description).toBe(
      'request body exceeds maximum limit, maximum limit is 100',
    );
  });

  test('presence shows resources and seconds as text, without an envelope', async () => {
    const { body } = await bench.call('POST', '/users/alice/presence', { usernames: ['alice', 'carol'] });
    expect(body).toEqual({
      result: [
        { uid: 'alice', last_time: '1700000000', ext: '', status: { ios_alice: '1' } },
        { uid: 'carol', last_time: '0', ext: '', status: {} },
      ],
    });
    expect(await bench.call('POST', '/users/alice/presence', { usernames: [] })).toEqual(
      failure(400, 'illegal_argument', 'usernames is empty'),
    );
    const usernames = Array.from({ length: 101 }, (_, index) => `u${index}`);
    expect((await bench.call('POST', '/users/alice/presence', { usernames })).body.error_description).toBe(
      'too many get presences',
    );
  });

  test('attributes merge, are read back by name, and end at 2 KB', async () => {
    const headers = { authorization: `Bearer ${bench.token}`, 'content-type': 'application/x-www-form-urlencoded' };
    const set = await bench.call('PUT', '/metadata/user/bob', 'sign=hi+there&birth=2000', headers);
    expect(set.body).toEqual({ timestamp: bench.clock.now(), data: { sign: 'hi there', birth: '2000' }, duration: 0 });
    expect((await bench.call('GET', '/metadata/user/bob')).body.data).toMatchObject({
      nickname: 'Bob Brook',
      sign: 'hi there',
    });
    const batch = { targets: ['bob', 'nobody'], properties: ['sign'] };
    expect((await bench.call('POST', '/metadata/user/get', batch)).body.data).toEqual({
      bob: { sign: 'hi there' },
      nobody: {},
    });
    const long = await bench.call('PUT', '/metadata/user/bob', `ext=${'x'.repeat(2048)}`, headers);
    expect(long.body).toMatchObject({ error: 'FORBIDDEN', error_description: expect.stringMatching(/2048Bytes$/) });
    const targets = Array.from({ length: 101 }, (_, index) => `u${index}`);
    expect(await bench.call('POST', '/metadata/user/get', { targets, properties: ['a'] })).toEqual(
      failure(400, 'BAD_REQUEST', 'exceed allowed batch size 100'),
    );
  });
});

describe('blocklists', () => {
  test('adding, checking, listing newest first and removing', async () => {
    expect((await bench.call('POST', '/users/alice/blocks/users', { usernames: ['Bob', 'carol'] })).body.data).toEqual([
      'bob',
      'carol',
    ]);
    expect((await bench.call('GET', '/users/alice/blocks/users')).body).toMatchObject({
      data: ['carol', 'bob', 'frank'],
      count: 3,
    });
    const first = await bench.call('GET', '/users/alice/blocks/users?pageSize=2');
    expect(first.body).toMatchObject({ data: ['carol', 'bob'], count: 2, cursor: expect.any(String) });
    const last = await bench.call(
      'GET',
      `/users/alice/blocks/users?pageSize=2&cursor=${encodeURIComponent(first.body.cursor)}`,
    );
    expect(last.body.data).toEqual(['frank']);
    expect(last.body).not.toHaveProperty('cursor');
    expect((await bench.call('DELETE', '/users/alice/blocks/users/bob')).body.entities[0].username).toBe('bob');
    const check = await bench.call('POST', '/blocks/check', { username: 'alice', check_list: ['bob', 'frank'] });
    expect(check.body.entities).toEqual([
      { username: 'bob', relation: 'not_blacklist' },
      { username: 'frank', relation: 'blacklist' },
    ]);
  });

  test('unknown users are 404, and a check takes 1 to 100 names', async () => {
    const missing = failure(404, 'service_resource_not_found', 'Service resource not found');
    expect(await bench.call('GET', '/users/nobody/blocks/users')).toEqual(missing);
    expect(await bench.call('POST', '/users/alice/blocks/users', { usernames: ['nobody'] })).toEqual(missing);
    expect(await bench.call('DELETE', '/users/alice/blocks/users/nobody')).toEqual(missing);
    const sized = failure(400, 'illegal_argument', 'check_list size must be between 1 and 100');
    expect(await bench.call('POST', '/blocks/check', { username: 'alice', check_list: [] })).toEqual(sized);
    expect(await bench.call('POST', '/blocks/check', { username: ' ', check_list: ['bob'] })).toEqual(
      failure(400, 'illegal_argument', 'username cannot be blank'),
    );
  });
});
