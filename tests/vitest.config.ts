/**
 * How the tests run: four projects, quick ones first. `patterns` needs nothing built, `runtime` the engine and the
 * bundles, `journey` and `browser` the page too, and `browser` a Chromium. What is stale is built before a project
 * starts (tests/kit/built-artefacts.ts). Run one project with `--project patterns`, one file by its path.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = fileURLToPath(new URL('./kit/built-artefacts.ts', import.meta.url));
const builtPage = fileURLToPath(new URL('./kit/built-page.ts', import.meta.url));

/** Real time matters nowhere in these tests; the timeouts only end what hangs. */
const SECONDS = 1000;

export default defineConfig({
  root,
  test: {
    reporters: [['default', { summary: false }]],
    watch: false,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'patterns',
          include: ['tests/patterns/**/*.test.ts', 'tests/*.test.ts'],
          environment: 'node',
          testTimeout: 20 * SECONDS,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'runtime',
          include: ['tests/{runtime,worklets,src}/**/*.test.ts'],
          environment: 'node',
          globalSetup: [built],
          testTimeout: 30 * SECONDS,
          hookTimeout: 60 * SECONDS,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'journey',
          include: ['tests/journey/**/*.test.ts'],
          environment: 'node',
          globalSetup: [builtPage],
          testTimeout: 120 * SECONDS,
          hookTimeout: 120 * SECONDS,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          environment: 'node',
          globalSetup: [builtPage],
          testTimeout: 120 * SECONDS,
          hookTimeout: 120 * SECONDS,
          // One real-time audio page at a time: two would starve each other on two cores.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
