import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', 'dist/**']

/**
 * The suffix of a test file says what it needs, and so in which project it runs. The projects follow each other, since
 * two cores shared by browsers and databases would measure each other.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts', '**/*.browser.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          globalSetup: 'scripts/databases.setup.ts',
          // Every worker opens an embedded database, which takes 0.6 GB and 4 s of processor time.
          pool: 'forks',
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude,
          globalSetup: ['scripts/databases.setup.ts', 'scripts/console.setup.ts'],
          pool: 'forks',
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
