import {
  alive,
  appProject,
  get,
  legacyValue,
  list,
  notFound,
  post,
  projectValue,
  remove,
  type Situation,
  testSituations,
  token,
  web,
  webTokens,
} from '../support/exchange-situations.ts';

const time = '2026-01-02T03:04:05.678Z';
const createWeb =
  (wireScope: string): Situation['act'] =>
  (circleci, caller) =>
    circleci.createToken(caller, web, { label: 'badge', wireScope });
const projectTokens: readonly Situation[] = [
  {
    name: 'project list: as in 2026, never a value, no time',
    exchanges: [
      get(webTokens, 200, [
        { id: 't-1', label: 'badge', scope: 'status', token: null },
        { id: 't-2', label: 'read', scope: 'view-builds', token: null },
        { id: 't-3', label: 'deploy', scope: 'all', token: null },
        { id: 't-4', label: 'odd', scope: 'trigger-builds', token: null },
      ]),
    ],
    act: list(web),
    gives: {
      tokens: [
        { remoteId: 't-1', label: 'badge', wireScope: 'status' },
        { remoteId: 't-2', label: 'read', wireScope: 'view-builds' },
        { remoteId: 't-3', label: 'deploy', wireScope: 'all' },
        { remoteId: 't-4', label: 'odd', wireScope: 'trigger-builds' },
      ],
      complete: true,
    },
    learns: { 'project.list': 'works' },
  },
  {
    name: 'project list: as in 2017, with time and value, without an id',
    exchanges: [get(webTokens, 200, [{ label: 'badge', scope: 'status', token: legacyValue, time }])],
    act: list(web),
    gives: {
      tokens: [
        {
          label: 'badge',
          wireScope: 'status',
          createdAt: time,
          tail: 'cc0b',
          value: new TextEncoder().encode(legacyValue),
        },
      ],
      complete: true,
    },
  },
  {
    name: 'project list: none',
    exchanges: [get(webTokens, 200, [])],
    act: list(web),
    gives: { tokens: [], complete: true },
  },
  {
    name: 'project list: a row that is no token',
    exchanges: [get(webTokens, 200, [{ id: 't-1', label: 'badge', scope: 'status' }, { scope: 'all' }])],
    act: list(web),
    gives: { tokens: [{ remoteId: 't-1', label: 'badge', wireScope: 'status' }], complete: false },
  },
  {
    name: 'project list: of a GitHub App organization, by opaque ids',
    exchanges: [get('/api/v1.1/project/circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat/token', 200, [])],
    act: list(appProject),
    gives: { tokens: [], complete: true },
  },
  {
    name: 'project list: segments are encoded one by one',
    exchanges: [get('/api/v1.1/project/bb/acm%C3%A9/we%40b/token', 200, [])],
    act: list({ kind: 'project', slug: 'bitbucket/acmé/we@b' }),
    gives: { tokens: [], complete: true },
  },
  ...(
    [
      ['status', 201],
      ['view-builds', 200],
      ['all', 201],
    ] as const
  ).map(([scope, status]) => ({
    name: `project create: ${scope}, answered ${status}`,
    exchanges: [
      post(webTokens, { label: 'badge', scope }, status, { id: 't-5', label: 'badge', scope, token: projectValue }),
    ],
    act: createWeb(scope),
    gives: {
      outcome: 'created',
      token: {
        remoteId: 't-5',
        label: 'badge',
        wireScope: scope,
        tail: 'face',
        value: new TextEncoder().encode(projectValue),
      },
    },
    learns: { 'project.create': 'works' },
  })),
  {
    name: 'project create: no role in the project',
    exchanges: [post(webTokens, { label: 'badge', scope: 'all' }, 403, { message: 'Permission denied' })],
    act: createWeb('all'),
    failsWith: { code: 'forbidden', message: /Permission denied.*No token was created\./ },
  },
  {
    name: 'project create: the gateway gives up',
    exchanges: [
      {
        ask: `POST ${webTokens}`,
        token,
        sends: { label: 'badge', scope: 'all' },
        answer: { status: 504, text: ['text/html', '<html>Gateway time-out</html>'] },
      },
    ],
    act: createWeb('all'),
    gives: { outcome: 'unclear', reason: 'the host answered 504' },
  },
  {
    name: 'project delete: by id',
    exchanges: [remove(`${webTokens}/t-1`, 200, { message: 'OK' })],
    act: (circleci, caller) => circleci.deleteToken(caller, web, 't-1'),
    gives: 'deleted',
    learns: { 'project.delete': 'works' },
  },
  {
    name: 'project delete: again',
    exchanges: [remove(`${webTokens}/t-1`, 404, { message: 'Not found' }), get(webTokens, 200, [])],
    act: (circleci, caller) => circleci.deleteToken(caller, web, 't-1'),
    gives: 'already-gone',
  },
  {
    name: 'project delete: the project is no longer to be seen, so nothing is known of the token',
    exchanges: [remove(`${webTokens}/t-1`, 404, notFound), get(webTokens, 404, notFound), alive],
    act: (circleci, caller) => circleci.deleteToken(caller, web, 't-1'),
    failsWith: { code: 'not-found' },
  },
];

testSituations(projectTokens);
