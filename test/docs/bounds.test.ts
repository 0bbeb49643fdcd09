import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultBounds } from '../../src/bounds.ts';

const kib = (bytes: number) => `${bytes / 1024} KiB`;
const count = (value: number) => value.toLocaleString('en-US');

test('the figures of the README’s bounds are the defaults', () => {
  const [, section = ''] = /^## Bounds\n([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8')) ?? [];
  const words = section.replaceAll(/\s+/g, ' ');
  const { bodyBytes, maxTokens, depth, fields, aliases, rootFields, wsPayloadBytes, wsOperations } = defaultBounds;
  expect(words).toContain(
    `A GraphQL request has at most ${kib(bodyBytes)}, ${count(maxTokens)} tokens, ${count(depth)} levels of fields, ` +
      `${count(fields)} fields, ${count(aliases)} aliases and ${count(rootFields)} fields at the root; a WebSocket message has at most ` +
      `${kib(wsPayloadBytes)}, and a socket ${count(wsOperations)} operations at once.`,
  );
});
