import { type GraphQLInputObjectType, getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSchema } from '../../src/server/schema.ts';
import { type Data, give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { choicesOf } from '../support/input-choices.ts';
import { newUsers, type SentApp, sentApps } from '../support/sent-bases.ts';
import { differences, outlines, requestLines, requestsOf } from '../support/sent-requests.ts';

const schema = makeSchema();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    apps: sentApps.map(({ place }) => place),
    retell: false,
    limits: false,
    keepsLimits: false,
  });
}, 60_000);
afterAll(() => gateway.stop());

let asked = 0;

/** What goes to the vendor for a mutation, and what the caller is refused with when nothing does. */
async function send(app: SentApp, mutation: string, input: object) {
  asked += 1;
  const token = await gateway.token({
    subject: `operator ${asked}`,
    scopes: ['chat:read', 'chat:write', 'chat:moderate', 'chat:admin'],
    accounts: {},
  });
  const field = schema.getMutationType()?.getFields()[mutation];
  const type = getNamedType(field?.args[0]?.type) as GraphQLInputObjectType;
  const payload = getNamedType(field?.type) as unknown as GraphQLInputObjectType;
  const shown = payload.getFields()['results'] ? 'results { ok error { code } }' : '__typename';
  const emulator = gateway.emulators.get(app.place.vendor);
  if (app.resets) emulator?.reset();
  else for (const id of newUsers) emulator?.apps[0]?.state.users.delete(id);
  const vendors = [...gateway.emulators.values()].map(({ url }) => url);
  let answer: Data;
  const requests = await requestsOf(vendors, async () => {
    answer = await gateway.query(
      token,
      `mutation ($input: ${type.name}!) { ${mutation}(input: $input) { ${shown} } }`,
      { input },
    );
  });
  const refusals = (answer.errors ?? []).map(({ message, extensions }: Data) =>
    [extensions.code, extensions.input ?? message].join(' '),
  );
  const failed = (answer.data?.[mutation]?.results ?? []).flatMap(({ ok, error }: Data) => (ok ? [] : [error.code]));
  return { type, requests, refusals: [...refusals, ...failed] as string[] };
}

/** Every choice with what it changes, those that change nothing, and the fields of which some choice does. */
async function walk(app: SentApp) {
  const lines: string[] = [];
  const silent = new Set<string>();
  const sent = new Set<string>();
  for (const [title, mutation, input, values] of app.bases) {
    const base = await send(app, mutation, input);
    lines.push(`## ${title}`, ...requestLines(base.requests), ...base.refusals.map((each) => `! ${each}`), '');
    if (base.requests.length === 0 && base.refusals[0]?.startsWith('NOT_SUPPORTED')) continue;
    for (const choice of choicesOf(base.type, input as Record<string, unknown>, { ...app.values, ...values })) {
      const { requests, refusals } = await send(app, mutation, choice.input);
      const isRefused = requests.length === 0 && refusals.length > 0;
      const changes = isRefused ? [] : differences(base.requests, requests);
      lines.push(choice.title, ...[...changes, ...refusals.map((each) => `! ${each}`)].map((each) => `  ${each}`));
      if (changes.length > 0) for (const field of choice.fields) sent.add(field);
      else if (!isRefused && !choice.isDefault) silent.add(choice.chosen);
    }
    lines.push('');
  }
  for (const [title, mutation, input] of app.lists) {
    const { requests } = await send(app, mutation, input);
    if (requests.length > 0) lines.push(`## ${title}, many`, ...outlines(requests), '');
  }
  return { lines, silent: [...silent].sort(), sent };
}

/**
 * What goes to each vendor is written down in `sent/`, for every choice of every input that the schema has: look there at what a changed or a
 * new choice sends, compare it with the vendor's pages, and only then renew the files (`npx vitest run` with this file and `-u` behind it).
 * A choice that changes nothing has its reason in `sent-reasons.ts`.
 */
describe.each(sentApps.map((app) => [app.place.name, app] as const))('%s', (name, app) => {
  test('every choice of every input changes what is sent as it is written down, or is refused', async () => {
    const { lines, silent, sent } = await walk(app);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`./sent/${name}.txt`);
    expect(silent).toEqual(Object.keys(app.silent).sort());

    const query = `{ app(id: "App:${name}") { capabilities { operation } } }`;
    const { app: told } = await give(gateway, await gateway.operator(), query);
    const fields = told.capabilities
      .map((each: Data) => each.operation)
      .filter((each: string) => /Input\.(?!appId)/.test(each));
    const explained = [...Object.keys(app.silent), ...Object.keys(app.unsent)].map((each) => each.replace(/=.*/, ''));
    expect(fields.filter((each: string) => !sent.has(each) && !explained.includes(each))).toEqual([]);
    expect(Object.keys(app.unsent).filter((each) => sent.has(each) || !fields.includes(each))).toEqual([]);
  }, 120_000);
});
