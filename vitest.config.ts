import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The build of graphql that Node itself takes. Vite would give our files the ES build and leave the CommonJS build to
  // the libraries, and the two refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 15_000,
  },
});
