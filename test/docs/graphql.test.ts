import { extendSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { makeSchema } from '../../src/server/schema.ts';
import { blocksOf, type DocBlock, wholeOf } from '../support/docs.ts';

const schema = makeSchema();

test.each(blocksOf('graphql'))('%s is valid by the schema', (_place, block: DocBlock) => {
  const document = parse(wholeOf(block));
  const operations = document.definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === 'OperationDefinition',
  );
  if (operations.length === 0) {
    expect(() => extendSchema(schema, document)).not.toThrow();
    return;
  }
  // A block may show several operations, which would be sent one by one.
  for (const operation of operations) {
    const others = document.definitions.filter(({ kind }) => kind !== 'OperationDefinition');
    expect(validate(schema, { ...document, definitions: [operation, ...others] })).toEqual([]);
  }
});
