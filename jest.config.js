const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.venueflow/'],
};

export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,grafana}/**/*.spec.ts'] },
    ...['integration', 'browser', 'prometheus', 'faults', 'sumo'].map((name) => ({
      ...shared,
      displayName: name,
      testMatch: [`<rootDir>/test/${name}/**/*.spec.ts`],
    })),
  ],
  reporters: ['default', '<rootDir>/test/totals-reporter.js'],
  // Embedded servers start and stop inside the integration tests.
  testTimeout: 60_000,
  maxWorkers: 2,
};
