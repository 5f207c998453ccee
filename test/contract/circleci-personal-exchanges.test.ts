import {
  alive,
  dead,
  get,
  legacyValue,
  list,
  personal,
  personalValue,
  post,
  remove,
  type Situation,
  testSituations,
} from '../support/exchange-situations.ts';

const time = '2026-01-02T03:04:05.678Z';
const personalLists: readonly Situation[] = [
  {
    name: 'personal list: as the page read it until 2017, values in clear, without ids',
    exchanges: [get('/api/v1/user/token', 200, [{ label: 'laptop', token: legacyValue, time }])],
    act: list(personal),
    gives: {
      tokens: [{ label: 'laptop', createdAt: time, tail: 'cc0b', value: new TextEncoder().encode(legacyValue) }],
      complete: true,
    },
    learns: { 'personal.list': 'works', personalVersion: 'v1' },
  },
  {
    name: 'personal list: ids, null for the value, no time',
    exchanges: [get('/api/v1/user/token', 200, [{ id: 'p-1', label: 'laptop', token: null }])],
    act: list(personal),
    gives: { tokens: [{ remoteId: 'p-1', label: 'laptop' }], complete: true },
  },
  {
    name: 'personal list: masked, with the columns of 2026, in the other spelling',
    exchanges: [
      get('/api/v1/user/token', 200, [
        {
          id: 'p-1',
          name: 'laptop',
          created_at: '2026-01-02T03:04:05Z',
          last_used_at: '2026-02-02T00:00:00Z',
          expires_at: '2027-01-02T03:04:05Z',
          scope: 'Read',
          token: 'xxxxc0de',
        },
      ]),
    ],
    act: list(personal),
    gives: {
      tokens: [
        {
          remoteId: 'p-1',
          label: 'laptop',
          createdAt: '2026-01-02T03:04:05.000Z',
          lastUsedAt: '2026-02-02T00:00:00.000Z',
          expiresAt: '2027-01-02T03:04:05.000Z',
          access: 'read',
          tail: 'c0de',
        },
      ],
      complete: true,
    },
  },
  {
    name: 'personal list: only under v1.1',
    exchanges: [get('/api/v1/user/token', 404, { message: 'Not found' }), get('/api/v1.1/user/token', 200, [])],
    act: list(personal),
    gives: { tokens: [], complete: true },
    learns: { 'personal.list': 'works', personalVersion: 'v1.1' },
  },
  {
    name: 'personal list: v1.1 is remembered',
    known: { personalVersion: 'v1.1' },
    exchanges: [get('/api/v1.1/user/token', 200, [])],
    act: list(personal),
    gives: { tokens: [], complete: true },
  },
  {
    name: 'personal list: gone for good',
    exchanges: [get('/api/v1/user/token', 410), get('/api/v1.1/user/token', 404, { message: 'Not found' }), alive],
    act: list(personal),
    failsWith: { code: 'unsupported' },
    learns: { 'personal.list': 'absent' },
  },
  {
    name: 'personal list: refused to tokens',
    exchanges: [get('/api/v1/user/token', 401, { message: 'You must log in first.' }), alive],
    act: list(personal),
    failsWith: { code: 'forbidden' },
    learns: { 'personal.list': 'refused' },
  },
  {
    name: 'personal list: the token died',
    exchanges: [get('/api/v1/user/token', 401, { message: 'You must log in first.' }), dead],
    act: list(personal),
    failsWith: { code: 'unauthorized' },
    learns: {},
  },
];

const createPersonal =
  (request: { label: string; expiresAt?: string; access?: string }): Situation['act'] =>
  (circleci, caller) =>
    circleci.createToken(caller, personal, request);
const personalWrites: readonly Situation[] = [
  {
    name: 'personal create: a label, answered 200 as until 2017',
    exchanges: [post('/api/v1/user/token', { label: 'ci' }, 200, { label: 'ci', token: legacyValue, time })],
    act: createPersonal({ label: 'ci' }),
    gives: {
      outcome: 'created',
      token: { label: 'ci', createdAt: time, tail: 'cc0b', value: new TextEncoder().encode(legacyValue) },
    },
    learns: { 'personal.create': 'works', personalVersion: 'v1' },
  },
  {
    name: 'personal create: with expiry and access, answered 201 with an id',
    exchanges: [
      post('/api/v1/user/token', { label: 'ci', expires_at: '2027-01-01T00:00:00.000Z', scope: 'write' }, 201, {
        id: 'p-2',
        label: 'ci',
        token: personalValue,
        created_at: time,
        expires_at: '2027-01-01T00:00:00Z',
        scope: 'write',
      }),
    ],
    act: createPersonal({ label: 'ci', expiresAt: '2027-01-01T00:00:00.000Z', access: 'write' }),
    gives: {
      outcome: 'created',
      token: {
        remoteId: 'p-2',
        label: 'ci',
        createdAt: time,
        expiresAt: '2027-01-01T00:00:00.000Z',
        access: 'write',
        tail: 'c0de',
        value: new TextEncoder().encode(personalValue),
      },
    },
  },
  {
    name: 'personal create: only under v1.1',
    exchanges: [
      post('/api/v1/user/token', { label: 'ci' }, 404, { message: 'Not found' }),
      post('/api/v1.1/user/token', { label: 'ci' }, 201, { id: 'p-2', label: 'ci', token: personalValue }),
    ],
    act: createPersonal({ label: 'ci' }),
    gives: {
      outcome: 'created',
      token: { remoteId: 'p-2', label: 'ci', tail: 'c0de', value: new TextEncoder().encode(personalValue) },
    },
    learns: { 'personal.create': 'works', personalVersion: 'v1.1' },
  },
  {
    name: 'personal create: refused without an expiry',
    exchanges: [post('/api/v1/user/token', { label: 'ci' }, 400, { message: 'expires_at is required' })],
    act: createPersonal({ label: 'ci' }),
    failsWith: { code: 'refused', message: /expires_at is required.*No token was created\./ },
    learns: {},
  },
  {
    name: 'personal create: by a token that only reads',
    exchanges: [post('/api/v1/user/token', { label: 'ci' }, 403, { message: 'Permission denied' })],
    act: createPersonal({ label: 'ci' }),
    failsWith: { code: 'forbidden', message: /Permission denied.*No token was created\./ },
    learns: { 'personal.create': 'refused' },
  },
  {
    name: 'personal create: an answer without the value',
    exchanges: [post('/api/v1/user/token', { label: 'ci' }, 200, { id: 'p-2', label: 'ci', token: null })],
    act: createPersonal({ label: 'ci' }),
    gives: { outcome: 'unclear', reason: 'the answer held no value' },
  },
  {
    name: 'personal delete: by id',
    exchanges: [remove('/api/v1/user/token/p-1', 200, { message: 'OK' })],
    act: (circleci, caller) => circleci.deleteToken(caller, personal, 'p-1'),
    gives: 'deleted',
    learns: { 'personal.delete': 'works', personalVersion: 'v1' },
  },
  {
    name: 'personal delete: answered with nothing',
    known: { personalVersion: 'v1.1' },
    exchanges: [remove('/api/v1.1/user/token/p-1', 204)],
    act: (circleci, caller) => circleci.deleteToken(caller, personal, 'p-1'),
    gives: 'deleted',
  },
  {
    name: 'personal delete: again',
    exchanges: [
      remove('/api/v1/user/token/p-1', 404, { message: 'Not found' }),
      remove('/api/v1.1/user/token/p-1', 404, { message: 'Not found' }),
      get('/api/v1/user/token', 200, [{ id: 'p-9', label: 'other' }]),
    ],
    act: (circleci, caller) => circleci.deleteToken(caller, personal, 'p-1'),
    gives: 'already-gone',
  },
  {
    name: 'personal delete: a host that knows tokens by value only',
    exchanges: [
      remove('/api/v1/user/token/p-1', 404, { message: 'Not found' }),
      remove('/api/v1.1/user/token/p-1', 404, { message: 'Not found' }),
      get('/api/v1/user/token', 200, [{ id: 'p-1', label: 'ci' }]),
      alive,
    ],
    act: (circleci, caller) => circleci.deleteToken(caller, personal, 'p-1'),
    failsWith: { code: 'unsupported', message: /Nothing was deleted\./ },
    learns: { 'personal.list': 'works', personalVersion: 'v1', 'personal.delete': 'absent' },
  },
];

testSituations([...personalLists, ...personalWrites]);
