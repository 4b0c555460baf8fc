// The layers of the house. Each comment says which way is allowed; ARCHITECTURE.md draws the picture.

/** Files under `from` may, inside the project, reach only `allowed` (and their own part). */
const onlyReaches = (name, from, allowed, comment, also = {}) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, ...also },
  to: { path: '^(electron|renderer|lua|test|bench|scripts)/', pathNot: [from, ...allowed] },
});

/** Files under `from` may use no package beside `allowed`. */
const onlyUses = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
    pathNot: allowed.map((pkg) => `node_modules/(@types/)?${pkg}/`),
  },
});

const pure = ['^electron/calendar/', '^electron/text/'];
const CONTRACT = '^electron/contract/';
const LOG = '^electron/log\\.ts$';
const DURABLY = '^electron/durably\\.ts$';

const electronOnly =
  '^electron/(main|preload|window|windowGuard|security|menu|screenshot|dialogs|systemInstaller|lookProcess)\\.ts$|^electron/ipc/electron\\.ts$';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Imports form no circle: move what both sides need into a module below them.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'Every import leads to a file or an installed package.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron|virtual:.*)$' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      comment: 'test -> everything; nothing but test and bench -> test.',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^test/' },
    },
    {
      name: 'electron-stays-at-the-edge',
      severity: 'error',
      comment:
        'Only main, preload, window, windowGuard, security, menu, screenshot, dialogs, systemInstaller, lookProcess and ipc/electron -> electron. Everything else runs without it.',
      from: { path: '^(electron|renderer|bench)/', pathNot: electronOnly },
      to: { path: '^electron$|node_modules/electron/' },
    },
    onlyReaches('contract-is-pure', CONTRACT, [], 'contract -> zod only, and nothing else of the project.'),
    onlyUses('contract-uses-zod', CONTRACT, ['zod'], 'contract -> zod only.'),
    {
      name: 'contract-without-node',
      severity: 'error',
      comment: 'contract -> zod only: it is also bundled into the window.',
      from: { path: CONTRACT },
      to: { dependencyTypes: ['core'] },
    },
    onlyReaches('text-is-pure', '^electron/text/', [], 'text -> nothing: pure functions for search.'),
    onlyReaches(
      'calendar-is-pure',
      '^electron/calendar/',
      [CONTRACT],
      'calendar -> contract: pure functions on dates.',
    ),
    onlyReaches(
      'serve-knows-no-transport',
      '^electron/ipc/serve\\.ts$',
      [CONTRACT, LOG, '^electron/(handlers|session)/'],
      'ipc/serve -> contract, log, session, handlers. It knows no transport and no Electron.',
    ),
    onlyReaches(
      'redis-is-below',
      '^electron/redis/',
      [CONTRACT, LOG, DURABLY, '^electron/text/'],
      'redis -> contract, log, durably, text, ioredis, node. Paths reach it as arguments.',
    ),
    onlyReaches(
      'session-is-below',
      '^electron/session/',
      [CONTRACT, LOG, '^electron/redis/', ...pure],
      'session -> contract, redis, text, log.',
    ),
    onlyReaches(
      'handlers-go-down',
      '^electron/handlers/',
      [
        CONTRACT,
        LOG,
        '^electron/(redis|session|journal|imports|check|demo|ranking|office|places|health|updates|exports)/',
        ...pure,
      ],
      'handlers -> contract, redis, session, journal, imports, check, text, calendar, demo, ranking, office, places, health, updates, exports. Never main, ipc or renderer.',
    ),
    onlyReaches(
      'updates-know-no-office',
      '^electron/updates/',
      [CONTRACT, LOG, '^electron/settingsFile\\.ts$'],
      'updates -> contract, log, settingsFile. They look at a folder; offices, their data and Electron reach them as arguments.',
    ),
    onlyReaches(
      'places-know-no-office',
      '^electron/places/',
      [CONTRACT],
      'places -> contract. They look at folders and drives; what is done about it is decided above.',
    ),
    onlyReaches(
      'health-is-told-things',
      '^electron/health/',
      [CONTRACT],
      'health -> contract. What it puts together reaches it as arguments.',
    ),
    onlyReaches(
      'exports-are-told-things',
      '^electron/exports/',
      [CONTRACT, ...pure],
      'exports -> contract, text, calendar. How the office is read reaches them as an argument.',
    ),
    {
      name: 'no-network',
      severity: 'error',
      comment:
        'No request leaves this machine: nobody -> http, tls, dns or datagrams; only the engine’s connection -> net.',
      from: { path: '^(electron|renderer)/' },
      to: { path: '^(node:)?(http|https|http2|tls|dgram|dns|dns/promises|inspector)$' },
    },
    {
      name: 'sockets-for-the-engine-only',
      severity: 'error',
      comment: 'redis -> net, to find a free port of this machine.',
      from: { path: '^(electron|renderer)/', pathNot: '^electron/redis/' },
      to: { path: '^(node:)?net$' },
    },
    onlyReaches(
      'work-goes-down',
      '^electron/(journal|imports|check|demo|ranking)/',
      [CONTRACT, LOG, DURABLY, '^electron/(redis|ranking|imports/store)/', ...pure],
      'journal, imports, check, demo -> contract, redis, ranking, text, calendar, log, durably. Not each other, not handlers.',
    ),
    ...['journal', 'imports', 'check', 'demo', 'ranking'].map((part) => ({
      name: `${part}-keeps-to-itself`,
      severity: 'error',
      comment:
        'journal, imports, check and demo do not import each other (all may use ranking); handlers compose them.',
      from: { path: `^electron/${part}/` },
      to: { path: '^electron/(journal|imports|check|demo)/', pathNot: `^electron/(${part}|imports/store)/` },
    })),
    onlyReaches(
      'command-composes',
      '^electron/command/',
      [CONTRACT, LOG, '^electron/paths\\.ts$', '^electron/(redis|imports|check|office|places)/', ...pure],
      'command -> contract, redis, imports, check, office, text, calendar, paths. It runs without Electron and without a window.',
    ),
    onlyReaches(
      'preload-builds-from-the-contract',
      '^electron/preload\\.ts$',
      [CONTRACT],
      'preload -> contract, electron. It holds no logic.',
    ),
    onlyUses(
      'preload-packages',
      '^electron/preload\\.ts$',
      ['electron', 'zod'],
      'preload -> contract, electron.',
    ),
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      comment:
        'renderer -> contract and text (what is found is marked as it is searched), nothing else of electron/.',
      from: { path: '^renderer/' },
      to: { path: '^electron/', pathNot: [CONTRACT, '^electron/text/(highlight|words)\\.ts$'] },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      comment: 'The window is sandboxed: renderer -> no module of Node.',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ui-is-the-ground-floor',
      severity: 'error',
      comment: 'renderer/ui -> react and the UI kit (and the text catalogue), never list or a noun.',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/[^/]+/', pathNot: '^renderer/(ui|text)/' },
    },
    {
      name: 'list-stands-on-ui',
      severity: 'error',
      comment: 'renderer/list -> ui, text; never a noun.',
      from: { path: '^renderer/list/' },
      to: { path: '^renderer/[^/]+/', pathNot: '^renderer/(list|ui|text)/' },
    },
    {
      name: 'nouns-keep-apart',
      severity: 'error',
      comment:
        'renderer/<noun> -> ui, list, text, daybook, contract; never another noun. App.tsx puts them together.',
      from: { path: '^renderer/([^/]+)/', pathNot: '^renderer/(ui|list|text)/' },
      to: { path: '^renderer/[^/]+/', pathNot: '^renderer/($1|ui|list|text)/' },
    },
    {
      name: 'main-is-on-top',
      severity: 'error',
      comment: 'main.tsx -> App.tsx -> nouns; nothing imports main.tsx.',
      from: { pathNot: '^test/' },
      to: { path: '^renderer/main\\.tsx$' },
    },
    {
      name: 'oracle-is-independent',
      severity: 'error',
      comment:
        'test/support/oracle and agreement -> nothing of electron, lua or renderer, not even types: they must be able to disagree.',
      from: { path: '^test/support/(oracle/|agreement/(?!.*\\.test\\.ts$)|agreement\\.ts$)' },
      to: { path: '^(electron|lua|renderer)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$|\\.svg$|^out/|^dist/' },
    includeOnly: { path: '^(electron|renderer|test|bench)/|^electron$|node_modules|^[^./]' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
