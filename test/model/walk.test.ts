import { expect, test } from 'vitest';
import { walkAll } from './walk.ts';

const seconds = 15;
const day = Math.floor(Date.now() / 86_400_000);

test.each([
  ['a fixed seed', 10],
  ['the seed of the day', day * 1000],
])(
  'what users see and hear is what the model of the schema says, step by step through restarts (%s, %d)',
  async (_, seed) => {
    // A difference is thrown with the seed and path that `npm run soak:model -- --seed --path --replay` takes.
    const { counts } = await walkAll({ seed, steps: 40, seconds });
    expect([...counts.keys()]).toEqual(expect.arrayContaining(['Send', 'Speak']));
  },
  180_000,
);
