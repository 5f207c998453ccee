import {
  alive,
  dead,
  followed,
  get,
  identify,
  me,
  type Situation,
  testSituations,
  token,
} from '../support/exchange-situations.ts';

const identities: readonly Situation[] = [
  {
    name: 'me: a valid token',
    exchanges: [alive],
    act: identify,
    gives: { userId: me.id, login: 'ada', name: 'Ada L.' },
  },
  {
    name: 'me: a revoked or expired token, in the words of 2024',
    exchanges: [dead],
    act: identify,
    failsWith: { code: 'unauthorized', message: /Invalid token provided\./ },
  },
  {
    name: 'me: a revoked token, in the older words',
    exchanges: [get('/api/v2/me', 401, { message: 'You must log in first.' })],
    act: identify,
    failsWith: { code: 'unauthorized', message: /You must log in first\./ },
  },
  {
    name: 'me: a project token on v2, as some see it',
    exchanges: [get('/api/v2/me', 403, { message: 'Forbidden' })],
    act: identify,
    failsWith: { code: 'forbidden' },
  },
  {
    name: 'me: an old server without the route',
    exchanges: [get('/api/v2/me', 404, { message: 'Not found' })],
    act: identify,
    failsWith: { code: 'unsupported' },
  },
  {
    name: 'me: a page instead of JSON',
    exchanges: [{ ask: 'GET /api/v2/me', token, answer: { status: 200, text: ['text/html', '<!doctype html>'] } }],
    act: identify,
    failsWith: { code: 'unsupported', message: /does not answer like a CircleCI/ },
  },
];

const organizations: Situation['act'] = (circleci, caller) => circleci.organizations(caller);
const inventory: readonly Situation[] = [
  {
    name: 'collaborations: hyphenated, with an organization that CircleCI does not know',
    exchanges: [
      get('/api/v2/me/collaborations', 200, [
        { id: 'o-1', 'vcs-type': 'github', name: 'acme', slug: 'gh/acme', avatar_url: 'https://a.example/2' },
        { id: null, 'vcs-type': 'bitbucket', name: 'beta', slug: 'bb/beta', avatar_url: null },
        { id: 'o-3', vcs_type: 'circleci', name: 'Gamma', slug: 'circleci/9YytKzouJxzu4TjCRFqAoD' },
      ]),
    ],
    act: organizations,
    gives: [
      { id: 'o-1', slug: 'gh/acme', name: 'acme' },
      { slug: 'bb/beta', name: 'beta' },
      { id: 'o-3', slug: 'circleci/9YytKzouJxzu4TjCRFqAoD', name: 'Gamma' },
    ],
  },
  {
    name: 'collaborations: a project token',
    exchanges: [get('/api/v2/me/collaborations', 401, { message: 'You must log in first.' })],
    act: organizations,
    failsWith: { code: 'unauthorized' },
  },
  {
    name: 'projects: the large rows of v1.1',
    exchanges: [
      get('/api/v1.1/projects?shallow=true', 200, [
        {
          vcs_url: 'https://github.com/acme/web',
          vcs_type: 'github',
          username: 'acme',
          reponame: 'web',
          followed: true,
          branches: { main: { recent_builds: [] } },
        },
        { vcs_url: 'https://bitbucket.org/acme/api', vcs_type: 'bitbucket', username: 'acme', reponame: 'api' },
      ]),
    ],
    act: followed,
    gives: [
      { slug: 'gh/acme/web', name: 'web' },
      { slug: 'bb/acme/api', name: 'api' },
    ],
  },
  {
    name: 'projects: shallow rows, with slugs',
    exchanges: [
      get('/api/v1.1/projects?shallow=true', 200, [
        { slug: 'github/acme/web', name: 'web', vcs_type: 'github' },
        { slug: 'gh/acme/web', name: 'web', vcs_type: 'github' },
        { slug: 'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat', name: 'mobile', vcs_type: 'circleci' },
      ]),
    ],
    act: followed,
    gives: [
      { slug: 'gh/acme/web', name: 'web' },
      { slug: 'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat', name: 'mobile' },
    ],
  },
  {
    name: 'projects: of GitHub App organizations, without slugs',
    exchanges: [
      get('/api/v1.1/projects?shallow=true', 200, [
        {
          vcs_url: '//circleci.com/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat',
          vcs_type: 'circleci',
          username: 'Acme Inc',
          reponame: 'mobile',
        },
      ]),
    ],
    act: followed,
    gives: [{ slug: 'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat', name: 'mobile' }],
  },
];

testSituations([...identities, ...inventory]);
