import { setImmediate as nextTurn } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import pino from 'pino';
import { describe, expect, it, test } from 'vitest';
import { type Bounds, withDefaults } from '../../src/bounds.ts';
import { systemClock } from '../../src/clock.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { Operations, type RunRequest } from '../../src/server/operation.ts';
import { longestTurnMs } from '../support/longest-turn.ts';
import { makeShellSchema } from '../support/shell.ts';

const viewer = (subject: string): Viewer => ({ subject, scopes: new Set(), accounts: new Map(), expiresAt: null });

function makeOperations(bounds: Partial<Bounds> = {}) {
  const counts = { mutations: 0, ticking: 0, ticked: 0, aborted: 0, slow: 0, pulled: 0 };
  const operations = new Operations({
    schema: makeShellSchema(counts),
    makeContext: (request) => ({ ...request }),
    log: pino({ level: 'silent' }),
    clock: systemClock,
    introspection: true,
    bounds: withDefaults(bounds),
  });
  const run = (text: string, request: Partial<RunRequest> = {}) => {
    const asker = { viewer: viewer('alice'), requestId: 'r' };
    const prepared = operations.prepare(text, null, asker);
    if (prepared.kind === 'refused') throw new Error(prepared.errors[0]?.message);
    const wishes = { explain: 'none', priority: 'interactive' } as const;
    const signal = new AbortController().signal;
    return operations.run(prepared, { variables: null, wishes, signal, ...asker, ...request });
  };
  return { operations, counts, run };
}

const code = (value: string) => expect.objectContaining({ extensions: expect.objectContaining({ code: value }) });

describe('an answer', () => {
  it.each([
    ['fields', '{ list(size: 30) { id name } }', { answerFields: 60 }],
    ['fields below lists in lists', '{ list(size: 3) { nodes { nodes { id } } } }', { answerFields: 20 }],
    ['fields of aliases', '{ a: list(size: 20) { id } b: list(size: 20) { id } }', { answerFields: 40 }],
    ['bytes', '{ list(size: 100) { name } }', { answerBytes: 1000 }],
    ['errors', '{ a: fail b: fail c: fail }', { answerErrors: 2 }],
  ])('of more %s than it may have is ANSWER_TOO_LARGE', async (_, text, bounds) => {
    const result = await makeOperations(bounds).run(text);
    expect(result).toEqual({ data: null, errors: [code('ANSWER_TOO_LARGE')] });
  });

  it.each([
    ['fields', '{ list(size: 29) { id name } }', { answerFields: 59 }],
    ['bytes', '{ echo(text: "äöü") }', { answerBytes: 60 }],
    ['errors', '{ a: fail b: fail }', { answerErrors: 2 }],
  ])('may have as many %s as its bound says', async (_, text, bounds) => {
    const result = await makeOperations(bounds).run(text);
    expect(result.data).toBeTruthy();
    expect(result.errors ?? []).not.toContainEqual(code('ANSWER_TOO_LARGE'));
  });

  it('counts text as the bytes that it has in JSON', async () => {
    const text = '\u0001'.repeat(100);
    const { run } = makeOperations({ answerBytes: 600 });
    const query = 'query ($text: String) { echo(text: $text) }';
    expect(await run(query, { variables: { text } })).toEqual({ data: null, errors: [code('ANSWER_TOO_LARGE')] });
  });

  it('of a mutation that grows too large leaves open what was changed, and changes no more', async () => {
    const { run, counts } = makeOperations({ answerFields: 1 });
    const result = await run('mutation { a: count b: count c: count }');
    expect(result).toEqual({ data: null, errors: [code('OUTCOME_UNKNOWN')] });
    expect(counts.mutations).toBeLessThanOrEqual(1);
  });

  it('that is given up aborts what still runs for it', async () => {
    const { run, counts } = makeOperations({ answerFields: 10 });
    const startedAt = performance.now();
    const result = await run('{ slow(ms: 60000) list(size: 11) { id } }');
    expect(result.errors).toEqual([code('ANSWER_TOO_LARGE')]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(counts.aborted).toBe(1);
  });
});

describe('an answer that ends for its cost', () => {
  test.each([
    ['the first items wait when a later one costs too much', '{ list(size: 10) { later nodes { id } } }'],
    ['items fail after the end', '{ failing(size: 5) { id } list(size: 30) { id } }'],
  ])('leaves no rejection that nobody handles: %s', async (_, text) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const answer = await makeOperations({ answerFields: 25 }).run(text);
      expect(answer).toEqual({ data: null, errors: [code('ANSWER_TOO_LARGE')] });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});

describe('answers to introspection', () => {
  test('are remembered, for the operation and the variables that were asked', async () => {
    const { run } = makeOperations();
    const text = getIntrospectionQuery();
    const first = await run(text);
    expect((await run(text)).data).toBe(first.data);
    expect(
      (await run('query ($all: Boolean) { __type(name: "Node") { fields(includeDeprecated: $all) { name } } }')).data,
    ).not.toBe(first.data);
    const mixed = '{ __schema { queryType { name } } hello }';
    expect((await run(mixed)).data).not.toBe((await run(mixed)).data);
  });

  test('are forgotten beyond their bytes', async () => {
    const { run } = makeOperations({ introspectionBytes: 20_000 });
    const text = getIntrospectionQuery();
    expect((await run(text)).data).not.toBe((await run(text)).data);
  });
});

describe('what runs', () => {
  it('is counted from the request until the answer is sent, and one operation more is TOO_MANY_OPERATIONS', async () => {
    const { run } = makeOperations({ runningBytesPerCaller: 40_000 });
    const { promise: sent, resolve } = Promise.withResolvers<void>();
    const query = 'query ($text: String) { echo(text: $text) }';
    const variables = { text: 'x'.repeat(8000) };
    expect(await run(query, { variables, sent })).toMatchObject({ data: { echo: expect.any(String) } });
    expect(await run(query, { variables })).not.toHaveProperty('data');
    expect(await run(query, { variables })).toEqual({ errors: [code('TOO_MANY_OPERATIONS')] });
    expect(await run(query, { variables, viewer: viewer('bob') })).toMatchObject({
      data: { echo: expect.any(String) },
    });
    resolve();
    await nextTurn();
    expect(await run(query, { variables })).toMatchObject({ data: { echo: expect.any(String) } });
  });
});

describe('the event loop', () => {
  test('is given back in between by answers of any size', async () => {
    const { run } = makeOperations();
    const aliases = Array.from({ length: 9 }, (_, index) => `a${index}: name`).join(' ');
    const text = `query ($size: Int!) { list(size: $size) { id ${aliases} } }`;
    await run(text, { variables: { size: 100 } });
    const answers = ['alice', 'bob', 'carol'].map((name) =>
      run(text, { variables: { size: 9000 }, viewer: viewer(name) }),
    );
    expect(await longestTurnMs(Promise.all(answers))).toBeLessThan(100);
    for (const { data, errors } of await Promise.all(answers))
      expect([data?.['list'], errors]).toEqual([expect.any(Array), undefined]);
  });

  test('serves small answers of others while large ones are made', async () => {
    const { run } = makeOperations();
    const large = Array.from({ length: 2 }, () => run('{ list(size: 9000) { id name next { id } } }'));
    const order: string[] = [];
    void Promise.all(large.map((each) => each.then(() => order.push('large'))));
    await nextTurn();
    await run('{ hello node { id } }', { viewer: viewer('bob') }).then(() => order.push('small'));
    await Promise.all(large);
    expect(order[0]).toBe('small');
  });
});
