import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSchema } from '../../src/server/schema.ts';
import { decisions, mayAsk, opens, scopeLists, scopesOf } from '../support/access-decisions.ts';
import { exchanged, idCoordinatesOf } from '../support/access-ids.ts';
import { isForbidden, isGiven, wrongAmong } from '../support/access-outcomes.ts';
import { idPositions } from '../support/access-positions.ts';
import { isOwn, namingsIn, stepsOf, stepWith } from '../support/access-questions.ts';
import { type Scene, setScene } from '../support/access-scene.ts';
import { codesOf, coordinatesOf, isOfNode, type Outcome, openStream, run, type Step } from '../support/access-steps.ts';
import { operatorScopes, startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';
import { snapshotOf, writesAmong } from '../support/vendor-state.ts';

/**
 * A walk over the whole schema: every field of the roots and of every type with an id is asked for by everybody who might get at
 * what is not its own, at every vendor, and answered as `access-decisions.ts` has decided.
 */

const schema = makeSchema();
const coordinates = coordinatesOf(schema);
const streams = coordinates.filter((coordinate) => coordinate.startsWith('Subscription.'));
const changes = coordinates.filter((coordinate) => coordinate.startsWith('Mutation.'));
const reads = coordinates.filter((coordinate) => !streams.includes(coordinate) && !changes.includes(coordinate));

let gateway: TestGateway;
const scenes = new Map<string, Scene>();
beforeAll(async () => {
  gateway = await startGateway({ limits: false, keepsLimits: false, demo: true });
  for (const scene of await Promise.all(chatApps.map((place) => setScene(gateway, place))))
    scenes.set(scene.app, scene);
}, 60_000);
afterAll(() => gateway.stop());

const sceneOf = (app: string): Scene => {
  const scene = scenes.get(app);
  if (!scene) throw new Error(`no scene in ${app}`);
  return scene;
};

describe('the decisions', () => {
  test('name every field of the roots and of the types with an id, and no other', () => {
    expect([...decisions.keys()].sort()).toEqual([...coordinates].sort());
  });

  test('name every argument and input field that takes ids, and no other', () => {
    expect(Object.keys(idPositions).sort()).toEqual(idCoordinatesOf(schema).sort());
    const types = new Set(coordinates.filter(isOfNode).map((coordinate) => coordinate.split('.')[0]));
    expect(idPositions['Query.node(id:)']?.map(([type]) => type).sort()).toEqual([...types].sort());
  });
});

/** No read of any vendor tells who takes part in a community. */
const ofNobody = 'App.community';

/** Fields that say nothing of any app: they are there for every token. */
const ofNoApp = ['Query.viewer'];

describe.each(chatApps.map(({ app }) => app))('%s', (app) => {
  /** Asks for everything as somebody; checks the outcomes, and that the vendors were not asked to change anything. */
  async function walk(
    token: string | null,
    steps: readonly Step[],
    isRight: (outcome: Outcome, step: Step) => boolean,
  ) {
    const [before, made] = [snapshotOf(gateway), gateway.calls.length];
    const outcomes = await run(gateway, schema, token, steps);
    const calls = gateway.calls.slice(made).filter(({ attempts }) => attempts > 0);
    expect(wrongAmong(schema, steps, outcomes, isRight)).toEqual([]);
    expect(writesAmong(calls)).toEqual([]);
    expect(snapshotOf(gateway)).toEqual(before);
    return { outcomes, calls: calls.map(({ endpoint }) => endpoint) };
  }

  const isShut = (outcome: Outcome, step: Step) => isForbidden(outcome, step, sceneOf(app));

  test('nothing is given without a token, and no vendor is asked', async () => {
    const scene = sceneOf(app);
    for (const part of [reads, changes]) {
      const steps = stepsOf(part, scene, scene.foreign);
      const { calls } = await walk(null, steps, (outcome) => codesOf(outcome)[0] === 'UNAUTHENTICATED');
      expect(calls).toEqual([]);
    }
  });

  test.each([
    ['a viewer of another app, of the same name as the one whose data it is', { accounts: { other: 'alice' } }],
    ['a token whose scopes are another service’s', { subject: 'x', scopes: ['openid', 'profile'], accounts: {} }],
  ])('nothing is given to %s, and no vendor is asked', async (_, claims) => {
    const scene = sceneOf(app);
    const other = chatApps.find((each) => each.app !== app)?.app ?? '';
    const token = await gateway.token('other' in claims.accounts ? { accounts: { [other]: 'alice' } } : claims);
    for (const part of [reads, changes]) {
      const steps = stepsOf(part, scene, scene.foreign);
      const { calls } = await walk(token, steps, (outcome, { coordinate }) =>
        ofNoApp.includes(coordinate) ? isGiven(outcome) : codesOf(outcome)[0] === 'FORBIDDEN',
      );
      expect(calls).toEqual([]);
    }
  });

  test.each(['frank', 'erin'])(
    '%s, who is not or no longer in the spaces, gets what is every viewer’s and nothing else',
    async (name) => {
      const scene = sceneOf(app);
      const token = await gateway.token({ subject: name, accounts: { [app]: name } });
      for (const part of [reads, changes]) {
        const messages = [...(scene.foreign.Message ?? []), scene.ofThePast];
        const steps = stepsOf(part, scene, { ...scene.foreign, Message: messages }, scene.foreign);
        const shut = steps.filter(({ coordinate }) => opens(coordinate) !== 'token');
        await walk(token, shut, isShut);
        const unasked = shut.filter(({ coordinate }) => !mayAsk(coordinate));
        expect((await walk(token, unasked, isShut)).calls).toEqual([]);
        const open = steps.filter(({ coordinate }) => opens(coordinate) === 'token');
        await walk(token, open, isGiven);
      }
    },
  );

  test('a viewer gets what is its own, and nothing that takes a scope', async () => {
    const scene = sceneOf(app);
    const token = await gateway.token({ accounts: { [app]: 'alice' } });
    const steps = stepsOf(reads, scene, scene.ofAlice, { ...scene.foreign, ...scene.ofAlice });
    const isOpen = ({ coordinate }: Step) => opens(coordinate) !== 'nobody' && coordinate !== ofNobody;
    await walk(token, steps, (outcome, step) => (isOpen(step) ? isGiven(outcome) : isShut(outcome, step)));
  });

  test('the scopes of a field open it, and all the others do not', async () => {
    const scene = sceneOf(app);
    const planned = { 'switchboard-explain': 'plan' };
    for (const scopes of scopeLists) {
      const [last] = scopes.slice(-1);
      const steps = stepsOf(
        [...reads, ...changes].filter((coordinate) => scopesOf(coordinate).join() === scopes.join()),
        scene,
        scene.there,
        scene.foreign,
      );
      const holder = await gateway.token({ subject: 'holder', scopes: [...scopes], accounts: {} });
      const others = operatorScopes.filter((scope) => scope !== last);
      const outsider = await gateway.token({ subject: 'outsider', scopes: others, accounts: {} });
      for (const part of [reads, changes]) {
        const own = steps.filter(({ coordinate }) => part.includes(coordinate));
        const given = await run(gateway, schema, holder, own, part === changes ? planned : {});
        expect(wrongAmong(schema, own, given, isGiven)).toEqual([]);
        await walk(outsider, own, isShut);
      }
    }
  });

  test.each(['frank', 'erin'])(
    'to %s, what is another’s and what is absent are the same in every answer, and in what the vendor is asked',
    async (name) => {
      const scene = sceneOf(app);
      const token = await gateway.token({ subject: name, accounts: { [app]: name } });
      const differences: unknown[] = [];
      for (const naming of namingsIn(schema, [...reads, ...changes])) {
        const { coordinate, position, type } = naming;
        for (const [index, id] of (scene.foreign[type] ?? []).entries()) {
          const other = scene.absent[type]?.[index] ?? '';
          const ask = async (each: string) => {
            const { outcomes, calls } = await walk(token, [stepWith(naming, each, scene)], () => true);
            return { answer: JSON.stringify(outcomes).replaceAll(each, 'ID'), calls: calls.sort() };
          };
          const [shut, absent] = [await ask(id), await ask(other)];
          if (JSON.stringify(shut) !== JSON.stringify(absent))
            differences.push(`${coordinate} ${position} ${id} ${JSON.stringify(shut)} ${JSON.stringify(absent)}`);
        }
      }
      expect(differences).toEqual([]);
    },
  );

  test('frank gets nowhere with ids whose parts are exchanged or written otherwise', async () => {
    const scene = sceneOf(app);
    const token = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    for (const part of [reads, changes]) {
      const steps = namingsIn(schema, part).flatMap((naming) =>
        (scene.foreign[naming.type] ?? [])
          .flatMap((id) => [id, ...exchanged(naming.type, id, 'frank')])
          .filter((id) => !isOwn(id, app, 'frank'))
          .map((id) => stepWith(naming, id, scene)),
      );
      await walk(token, steps, (outcome, step) => codesOf(outcome)[0] === 'BAD_USER_INPUT' || isShut(outcome, step));
    }
  });

  test('streams are opened to whom they are decided for', async () => {
    const scene = sceneOf(app);
    const other = chatApps.find((each) => each.app !== app)?.app ?? '';
    const viewer = (name: string) => gateway.token({ subject: name, accounts: { [app]: name } });
    const ofAlice = { ...scene.foreign, ...scene.there, ...scene.ofAlice };
    // The stream of what happens to the viewer's own users, of whom there are none.
    const ofStrangers = (each: string) => (each === 'Subscription.viewerEvents' ? 'open' : 'FORBIDDEN');
    const ofViewers = (each: string) => (opens(each) === 'token' ? 'open' : 'FORBIDDEN');
    const ofOwners = (each: string) => (opens(each) === 'nobody' ? 'FORBIDDEN' : 'open');
    const askers: [string | null, Scene['foreign'], (coordinate: string) => string][] = [
      [null, scene.foreign, () => 'UNAUTHENTICATED'],
      [await gateway.token({ subject: 'x', scopes: ['openid'], accounts: {} }), scene.foreign, ofStrangers],
      [await gateway.token({ accounts: { [other]: 'alice' } }), scene.foreign, ofStrangers],
      [await viewer('frank'), scene.foreign, ofViewers],
      [await viewer('erin'), scene.foreign, ofViewers],
      [await viewer('alice'), ofAlice, ofOwners],
    ];
    const opened = askers.flatMap(([token, ids, expected]) =>
      stepsOf(streams, scene, ids).map(async (step) => {
        const code = expected(step.coordinate);
        return [step.coordinate, code, await openStream(gateway, schema, token, step, code === 'open')];
      }),
    );
    expect((await Promise.all(opened)).filter(([, expected, got]) => got !== expected)).toEqual([]);
  });

  test('no stream is opened for what is another’s, absent, or an id with its parts exchanged', async () => {
    const scene = sceneOf(app);
    const token = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    const asked = namingsIn(schema, streams).flatMap((naming) => {
      const foreign = scene.foreign[naming.type] ?? [];
      const others = foreign.flatMap((id) => exchanged(naming.type, id, 'frank'));
      return [
        ...[...foreign, ...(scene.absent[naming.type] ?? [])].map((id) => ({ naming, id, codes: ['FORBIDDEN'] })),
        ...others
          .filter((id) => !isOwn(id, app, 'frank'))
          .map((id) => ({ naming, id, codes: ['FORBIDDEN', 'BAD_USER_INPUT'] })),
      ];
    });
    const opened = asked.map(async ({ naming, id, codes }) => {
      const got = await openStream(gateway, schema, token, stepWith(naming, id, scene), false);
      return codes.includes(got) ? [] : [[naming.coordinate, id, got]];
    });
    expect((await Promise.all(opened)).flat()).toEqual([]);
  });
});
