/** The arrows: who may import whom. Types count like values here; where only types are allowed, .oxlintrc.json says so.
 * Circles of values are found by test/architecture.test.ts, which can tell them from circles of types. */
const own = '^(events|workflows|activities|worker|client|test|bench)/';
const core = '^workflows/core/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'events-stand-alone',
      comment: 'The shared language knows nobody; it may name types of the core (the lint allows no more).',
      severity: 'error',
      from: { path: '^events/' },
      to: { path: own, pathNot: '^(events/|workflows/core/)' },
    },
    {
      name: 'core-knows-events-only',
      comment: 'The core is the product: data in, decisions out.',
      severity: 'error',
      from: { path: core },
      to: { path: own, pathNot: '^(events/|workflows/core/)' },
    },
    {
      name: 'core-has-no-platform',
      comment: 'No package and no module of Node in the core.',
      severity: 'error',
      from: { path: core },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'workflows-know-no-shell-of-theirs',
      comment: 'Workflows name activities by type; the worker binds them.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^(worker|client|test|bench|activities/(adapters|people))/' },
    },
    {
      name: 'sandbox-holds-temporal-only',
      comment: 'Whatever the sandbox bundles costs memory in every cached lead.',
      severity: 'error',
      from: { path: '^workflows/(shell/|(index|nurture-lead|messages|perform|campaign)\\.ts$)' },
      to: { path: 'node_modules', pathNot: 'node_modules/@temporalio/(workflow|common)/' },
    },
    {
      name: 'activities-know-ports',
      comment: 'An activity sees ports; adapters see activities.',
      severity: 'error',
      from: { path: '^activities/[^/]+\\.ts$' },
      to: { path: '^activities/(adapters|people)/' },
    },
    {
      name: 'nobody-imports-the-worker',
      comment: 'The composition root is the end of every arrow.',
      severity: 'error',
      from: { pathNot: '^(worker|test|bench)/' },
      to: { path: '^worker/' },
    },
    {
      name: 'nobody-imports-the-client',
      comment:
        'The command line is an end, too. Only the demo plays its user, by the very doors a marketer uses; benchmarks time its CSV reader.',
      severity: 'error',
      from: { pathNot: '^(client|test|bench|worker/demo)/' },
      to: { path: '^client/' },
    },
    {
      name: 'client-speaks-messages',
      comment:
        'The client sends messages, reads the shared language, the shipped catalogue and its published versions, and runs the core to preview; it never opens the stores itself.',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/link\\.ts$' },
      to: {
        path: own,
        pathNot:
          '^(client/|events/|workflows/(core|published|speech|testing|foresight)/|workflows/(messages|catalogue|simulating|paths|sequences/(index|versions))\\.ts$)',
      },
    },
    {
      name: 'client-links-by-one-file',
      comment: 'NATS stays behind its adapters: one file of the client binds them.',
      severity: 'error',
      from: { path: '^client/link\\.ts$' },
      to: { path: own, pathNot: '^(client/|events/|workflows/core/|activities/adapters/(nats-connection|facts-reader)\\.ts$)' },
    },
    {
      name: 'nobody-ships-tests',
      comment: 'Production code knows no test and no benchmark.',
      severity: 'error',
      from: { path: '^(events|workflows|activities|worker|client)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'nobody-ships-dev-dependencies',
      comment: 'What production imports is in `dependencies`.',
      severity: 'error',
      from: { path: '^(events|workflows|activities|worker|client)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'nats-behind-its-adapters',
      comment: 'The client library has a successor; it must be few files away.',
      severity: 'error',
      from: { pathNot: '^(activities/adapters/nats-[^/]+\\.ts|test/|bench/)' },
      to: { path: 'node_modules/nats/' },
    },
    { name: 'no-unresolvable', comment: 'An import that leads nowhere.', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'types', 'default'],
    },
  },
};
