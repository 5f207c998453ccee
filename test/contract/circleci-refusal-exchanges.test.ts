import { expect } from 'vitest';
import {
  alive,
  dead,
  followed,
  get,
  identify,
  list,
  me,
  notFound,
  post,
  projectValue,
  type Situation,
  testSituations,
  token,
  web,
  webTokens,
} from '../support/exchange-situations.ts';

const organizations: Situation['act'] = (circleci, caller) => circleci.organizations(caller);
const createWeb =
  (wireScope: string): Situation['act'] =>
  (circleci, caller) =>
    circleci.createToken(caller, web, { label: 'badge', wireScope });
const refusals: readonly Situation[] = [
  {
    name: 'no access to a project, or no such project',
    exchanges: [get(webTokens, 404, notFound), alive],
    act: list(web),
    failsWith: { code: 'not-found', message: /Project not found/ },
    learns: {},
  },
  {
    name: 'an invalid token on a private project: 404, by design',
    exchanges: [get(webTokens, 404, notFound), dead],
    act: list(web),
    failsWith: { code: 'unauthorized' },
    learns: {},
  },
  {
    name: 'the error of v3: an envelope with type, title and detail',
    exchanges: [
      get('/api/v2/me/collaborations', 400, {
        error: { id: 'e-1', type: 'invalid_input', title: 'Invalid input', detail: 'limit is too high', source: {} },
      }),
    ],
    act: organizations,
    failsWith: { code: 'refused', message: /400: Invalid input: limit is too high/ },
  },
  {
    name: 'the error of some routes: a plain error',
    exchanges: [get('/api/v1.1/projects?shallow=true', 403, { error: 'Permission denied' })],
    act: followed,
    failsWith: { code: 'forbidden', message: /403: Permission denied/ },
  },
  {
    name: 'the error of gateways: plain text',
    exchanges: [
      { ask: 'GET /api/v2/me', token, answer: { status: 403, text: ['text/plain', 'Access denied by policy'] } },
    ],
    act: identify,
    failsWith: { code: 'forbidden', message: /403: Access denied by policy/ },
  },
  {
    name: 'the error of gateways: a page, until it is over',
    exchanges: [
      { ask: 'GET /api/v2/me', token, answer: { status: 502, text: ['text/html', '<html>Bad gateway</html>'] } },
      alive,
    ],
    act: identify,
    gives: { userId: me.id, login: 'ada', name: 'Ada L.' },
  },
  {
    name: 'an empty object as the error',
    exchanges: [get('/api/v2/me', 422, {})],
    act: identify,
    failsWith: { code: 'refused', message: /\(422\)\./ },
  },
  {
    name: 'a removed route',
    exchanges: [get(webTokens, 410, { message: 'Gone' })],
    act: list(web),
    failsWith: { code: 'unsupported' },
    learns: { 'project.list': 'absent' },
  },
  {
    name: 'a rate limit with Retry-After',
    exchanges: [get('/api/v2/me', 429, {}, { 'retry-after': '3' }), alive],
    act: identify,
    gives: { userId: me.id, login: 'ada', name: 'Ada L.' },
  },
  {
    name: 'a rate limit with the headers of v2 only',
    exchanges: [
      get(
        '/api/v2/me',
        429,
        { message: 'API rate limit exceeded' },
        { 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-reset': '4', 'x-ratelimit-reset': '9' },
      ),
      alive,
    ],
    act: identify,
    gives: { userId: me.id, login: 'ada', name: 'Ada L.' },
  },
  {
    name: 'a rate limit on a create: it was not carried out, and is not repeated',
    exchanges: [post(webTokens, { label: 'badge', scope: 'all' }, 429, {})],
    act: createWeb('all'),
    failsWith: { code: 'rate-limited', message: /No token was created\./ },
  },
];

const proofs: readonly Situation[] = [
  {
    name: 'proof: a project token reads its project',
    exchanges: [
      { ask: 'GET /api/v1.1/project/gh/acme/web?limit=1', token: projectValue, answer: { status: 200, json: [] } },
    ],
    act: (circleci, { host }) => circleci.readProject({ host, token: Buffer.from(projectValue) }, 'gh/acme/web'),
    gives: { status: 200, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    learns: {},
  },
  {
    name: 'proof: a status token on JSON, and a stranger',
    exchanges: [
      {
        ask: 'GET /api/v1.1/project/gh/acme/web?limit=1',
        token: projectValue,
        answer: { status: 403, json: { message: 'Permission denied' } },
      },
      { ask: 'GET /api/v1.1/project/gh/acme/web?limit=1', token: null, answer: { status: 404, json: notFound } },
    ],
    act: async (circleci, { host }) => [
      (await circleci.readProject({ host, token: Buffer.from(projectValue) }, 'gh/acme/web')).status,
      (await circleci.readProject({ host }, 'gh/acme/web')).status,
    ],
    gives: [403, 404],
  },
  {
    name: 'proof: a badge with and without a status token',
    exchanges: [
      {
        ask: 'GET /gh/acme/web.svg?style=svg',
        token: projectValue,
        answer: { status: 200, text: ['image/svg+xml', '<svg>passing</svg>'] },
      },
      {
        ask: 'GET /gh/acme/web.svg?style=svg',
        token: null,
        answer: { status: 200, text: ['image/svg+xml', '<svg>unknown</svg>'] },
      },
    ],
    act: async (circleci, { host }) => {
      const known = await circleci.readBadge({ host, token: Buffer.from(projectValue) }, 'gh/acme/web');
      const stranger = await circleci.readBadge({ host }, 'gh/acme/web');
      return known.digest !== stranger.digest;
    },
    gives: true,
  },
];

testSituations([...refusals, ...proofs]);
