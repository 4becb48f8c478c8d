/** Three suites: `unit` needs nothing, `servers` brings real Temporal, NATS and Postgres, `soak` is the long fault runs. */
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, sourceMaps: 'inline' }] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.ripen/'],
};
const suites = {
  unit: { testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['\\.server\\.test\\.ts$', '\\.soak\\.test\\.ts$'] },
  servers: {
    testMatch: ['<rootDir>/test/**/*.server.test.ts'],
    globalSetup: '<rootDir>/test/support/global-setup.ts',
    globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  },
  soak: {
    testMatch: ['<rootDir>/test/**/*.soak.test.ts'],
    globalSetup: '<rootDir>/test/support/global-setup.ts',
    globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  },
};
module.exports = {
  // The server tests mostly wait: a third keeps two cores busy meanwhile.
  maxWorkers: 3,
  // What takes longer hangs; a busy machine alone must not make it look so.
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/long-first.js',
  projects: Object.entries(suites).map(([displayName, suite]) => ({ displayName, ...base, ...suite })),
};
