import { buildSchema, type FragmentDefinitionNode, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { refusedArguments, refusedVariables } from '../../src/server/refused-inputs.ts';

const schema = buildSchema(`
  type Query { list(numbers: [Int!]! = [1], flag: Boolean! = true, input: In): Int }
  input In { number: Int!, more: [In!] }
`);

function readDocument(source: string) {
  const { definitions } = parse(source);
  const operation = definitions.find((each) => each.kind === 'OperationDefinition') as OperationDefinitionNode;
  const fragments = definitions.filter((each) => each.kind === 'FragmentDefinition') as FragmentDefinitionNode[];
  return { operation, fragments: new Map(fragments.map((each) => [each.name.value, each])) };
}

const messagesOf = (source: string, inputs: Record<string, unknown>) =>
  refusedVariables(schema, readDocument(source).operation, inputs).map(({ message }) => message);

describe('variables', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['query ($n: [Int!]!) { list(numbers: $n) }', { n: [1, 2] }, []],
    ['query ($n: [Int!]!) { list(numbers: $n) }', {}, ['Variable "$n" of required type "[Int!]!" was not provided.']],
    ['query ($n: [Int!]! = [1]) { list(numbers: $n) }', {}, []],
    ['query ($n: [Int!]) { list(numbers: [1]) }', {}, []],
    [
      'query ($n: [Int!]!) { list(numbers: $n) }',
      { n: null },
      ['Variable "$n" of non-null type "[Int!]!" must not be null.'],
    ],
    ['query ($n: [Int!]) { list }', { n: null }, []],
    [
      'query ($n: [Int!]!) { list(numbers: $n) }',
      { n: [1, 'x', {}, [1]] },
      [
        'Variable "$n" got invalid value "x" at "n[1]"; Int cannot represent non-integer value: "x"',
        'Variable "$n" got invalid value {…} at "n[2]"; Int cannot represent non-integer value: {}',
        'Variable "$n" got invalid value […] at "n[3]"; Int cannot represent non-integer value: [1]',
      ],
    ],
    [
      'query ($i: In) { list(input: $i) }',
      { i: { number: 1, more: [{ number: true }] } },
      ['Variable "$i" got invalid value true at "i.more[0].number"; Int cannot represent non-integer value: true'],
    ],
    [
      'query ($i: In) { list(input: $i) }',
      { i: 7 },
      ['Variable "$i" got invalid value 7; Expected type "In" to be an object.'],
    ],
  ])('of %s are judged by their types: %j', (source, inputs, messages) => {
    expect(messagesOf(source, inputs)).toEqual(messages);
  });

  test('that are named like what every object has are not given by it', () => {
    expect(messagesOf('query ($constructor: Int!) { list }', {})).toHaveLength(1);
  });

  test('with more than fifty errors have fifty of them told, and that there are more', () => {
    const source = 'query ($n: [Int!]!) { list(numbers: $n) }';
    const wrong = (count: number) => messagesOf(source, { n: Array.from({ length: count }, () => 'x') });
    expect(wrong(50)).toHaveLength(50);
    expect(wrong(50).at(-1)).toContain('n[49]');
    expect(wrong(51)).toHaveLength(51);
    expect(wrong(51).at(-1)).toBe('Too many errors processing variables, error limit reached. Execution aborted.');
    expect(wrong(5_000)).toEqual(wrong(51));
  });

  test('that are long are shown by their first hundred characters', () => {
    const [message = ''] = messagesOf('query ($n: Int!) { list }', { n: 'x'.repeat(1000) });
    expect(message).toContain(`"${'x'.repeat(99)}…`);
    expect(message.length).toBeLessThan(300);
  });
});

describe('arguments with variables', () => {
  const judge = (source: string, inputs: Record<string, unknown>) => {
    const { operation, fragments } = readDocument(source);
    const { errors, isCostly } = refusedArguments(schema, operation, fragments, inputs);
    return [errors.map(({ message }) => message), isCostly];
  };
  const wrong = (name: string) => `Argument "${name}" has an invalid value: a variable in it must not be null.`;

  test.each<[string, Record<string, unknown>, unknown]>([
    ['{ list(numbers: [1]) }', {}, [[], false]],
    ['query ($f: Boolean = true) { list(flag: $f) }', {}, [[], false]],
    ['query ($f: Boolean = true) { list(flag: $f) }', { f: false }, [[], false]],
    ['query ($f: Boolean = true) { list(flag: $f) }', { f: null }, [[wrong('flag')], false]],
    ['query ($n: Int = 1) { list(numbers: [1, $n]) }', { n: 2 }, [[], false]],
    ['query ($n: Int = 1) { list(numbers: [1, $n]) }', { n: null }, [[wrong('numbers')], false]],
    ['query ($n: Int = 1) { list(input: { number: $n }) }', { n: null }, [[wrong('input')], false]],
    [
      'query ($n: Int = 1) { ...F } fragment F on Query { list(numbers: [$n]) }',
      { n: null },
      [[wrong('numbers')], false],
    ],
    [
      'query ($n: Int = 1) { ...F } fragment F on Query { ...G } fragment G on Query { list(numbers: [$n]) }',
      { n: null },
      [[wrong('numbers')], false],
    ],
  ])('of %s are refused where one is null that must not be: %j', (source, inputs, expected) => {
    expect(judge(source, inputs)).toEqual(expected);
    // The operation is remembered.
    expect(judge(source, inputs)).toEqual(expected);
  });

  test('are costly where a wrong one is longer than two hundred characters', () => {
    const long = (length: number) => {
      const source = (fill: string) => `query ($n: Int = 1) { list(numbers: [${fill}$n]) }`;
      const bare = 'numbers: [$n]'.length;
      return judge(source(' '.repeat(length - bare)), { n: null })[1];
    };
    expect([long(200), long(201)]).toEqual([false, true]);
  });
});
