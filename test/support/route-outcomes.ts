import {
  badge,
  broken,
  brokenList,
  done,
  limited,
  me,
  meFirst,
  personalList,
  projectList,
  type RouteOutcomes,
  refused,
  unanswered,
  type Where,
} from './route-outcome-parts.ts';

/**
 * What a rotation comes to when one of its requests goes wrong: its state, the step and the code, how many creates
 * reached CircleCI by CircleCI's own log, and which of the two tokens exist then. The old one is there until the new one
 * was proved, and where CircleCI is as before that is said: it failed, or waits for a person to create. Resuming (or, after `failed`, rotating again)
 * then ends every one of them with one new token; the test sees to that, so no line of this table is a dead end.
 */
const beforeCreating = (step: string): Where => ({ state: `failed in ${step}`, left: '0 created; old' });
const newUnproved: Where = { state: 'needs-attention in prove-new', left: '1 created; old and new' };
const oldUndeleted: Where = { state: 'needs-attention in retire-old', left: '1 created; old and new' };
const oldUnproved: Where = { state: 'needs-attention in prove-old-gone', left: '1 created; new' };

/** Kept back from the start, a list is what a person does without. */
const handedOver = 'waiting; 0 created; old';
const projectListInPlan = { ...brokenList(beforeCreating('plan')), '401, 403, 404': handedOver };
const personalListInPlan = { ...brokenList(beforeCreating('plan')), '401, 403': handedOver, '404': done };
/** It was had a moment before, and nothing is created without it: by Rondo. */
const forbiddenToCreate = 'waiting in create: forbidden; 0 created; old';
const hiddenFromCreate = 'waiting in create: not-found; 0 created; old';
const listInCreate = { ...brokenList(beforeCreating('create')), '401, 403': forbiddenToCreate };

const refusedCreate = {
  ...refused(beforeCreating('create')),
  '401, 403': forbiddenToCreate,
  ...limited(beforeCreating('create')),
};
/** What was made is found in the list and deleted before a second one is asked for: so there is one in the end. */
const lostOnce = {
  ...refusedCreate,
  'broken JSON after, null identity after, closed after': 'done; 2 created; new',
  // Nothing listens there: certainly not sent, and a person is told at once.
  refused: 'failed in create: network; 0 created; old',
};
/** Twice at most: both were found and deleted again, so nothing has changed. */
const lostAlways = {
  ...refusedCreate,
  '500, 502 in HTML, closed before, no answer, refused': 'failed in create: network; 0 created; old',
  'broken JSON after, null identity after, closed after': 'failed in create: network; 2 created; old',
};

const refusedDelete = {
  ...refused(oldUndeleted),
  // It waits for a person to delete it.
  '401, 403': 'waiting in retire-old: forbidden; 1 created; old and new',
};
/** Repeated where it was broken or lost; a 2xx counts whatever its body, because the list has to prove it. */
const deleteOnce = 'broken JSON after, null identity after, closed before, closed after';
const deleteAlways = {
  ...refusedDelete,
  ...limited(oldUndeleted),
  ...broken(oldUndeleted),
  'closed before, no answer, refused': 'needs-attention in retire-old: network; 1 created; old and new',
  // It was deleted, and nobody was told: it only says so once it was asked again.
  'closed after': 'needs-attention in retire-old: network; 1 created; new',
};
const noAnswerToDelete = { 'no answer, refused': 'needs-attention in retire-old: network; 1 created; old and new' };

const unclear = 'needs-attention in prove-new: needs-attention; 1 created; old and new';

const project: RouteOutcomes = {
  'plan: me 1': me(beforeCreating('plan'), 'failed in plan: unauthorized; 0 created; old'),
  'plan: project.list 1': projectListInPlan,
  'create: project.list 1': { ...listInCreate, '404': hiddenFromCreate },
  'create: project.create 1, once': {
    ...lostOnce,
    '404': hiddenFromCreate,
    '500, 502 in HTML, closed before, no answer': done,
  },
  'create: project.create 1': { ...lostAlways, '404': hiddenFromCreate },
  'prove-new: project.list 1': projectList(newUnproved),
  'prove-new: project.read 1': {
    '400, 401, 403, 404, 409, 422': unclear,
    // The same 200 with and without the token: it cannot be told by use, and that it is listed decides.
    'broken JSON after, null identity after': done,
    ...unanswered(newUnproved),
  },
  // The same question without a token: only a refusal makes the first answer a proof.
  'prove-new: project.read 2': {
    '400, 409, 422': unclear,
    '401, 403, 404, broken JSON after, null identity after': done,
    ...unanswered(newUnproved),
  },
  'retire-old: project.delete 1, once': {
    ...refusedDelete,
    // It waits for a person to delete it; resumed without a word, Rondo tries again.
    '404': 'waiting; 1 created; old and new',
    [`429 in seconds, 429 by date, 500, 502 in HTML, ${deleteOnce}`]: done,
    ...noAnswerToDelete,
  },
  'retire-old: project.delete 1': {
    ...deleteAlways,
    // The list still has it: the host lacks the route, the token was not gone before.
    '404': 'waiting; 1 created; old and new',
    'broken JSON after, null identity after': done,
  },
  'prove-old-gone: project.list 1': projectList(oldUnproved),
  // A complete list lacks it, and that decides: an answer that is neither yes nor no is on the receipt as no proof.
  'prove-old-gone: project.read 1': {
    '400, 401, 403, 404, 409, 422, broken JSON after, null identity after': done,
    ...unanswered(oldUnproved),
  },
};

const status: RouteOutcomes = {
  'prove-new: badge 1': badge(newUnproved),
  'prove-new: badge 2': badge(newUnproved),
  'prove-old-gone: badge 1': badge(oldUnproved),
  'prove-old-gone: badge 2': badge(oldUnproved),
};

/** Only where the new token is refused and Rondo's own is not does an organization keep it out. */
const singleSignOn = {
  '400, 401, 403, 404, 409, 422, broken JSON after, null identity after': done,
  ...unanswered(newUnproved),
};

/** Organizations that nobody names are on the receipt as not proved. */
const organizations = (next: string) => ({
  '400, 401, 403, 404, 409, 422, 429 in seconds, 429 by date, 500, 502 in HTML, broken JSON after, null identity after, closed before, closed after, no answer':
    done,
  refused: `needs-attention in ${next}: network; 1 created; old and new`,
});

const personal: RouteOutcomes = {
  'plan: personal.list 1': personalListInPlan,
  'create: personal.list 1': { ...listInCreate, '404': done },
  'create: personal.create 1, once': { ...lostOnce, '404, 500, 502 in HTML, closed before, no answer': done },
  'create: personal.create 1': { ...lostAlways, '404': done },
  'prove-new: personal.list 1': personalList(newUnproved),
  'prove-new: me 1': me(newUnproved, unclear),
  'prove-new: project.read 1': singleSignOn,
  'prove-new: project.read 2': singleSignOn,
  'prove-new: project.read 3': singleSignOn,
  'prove-new: project.read 4': singleSignOn,
  'prove-new: project.read 5': singleSignOn,
  'prove-new: project.read 6': singleSignOn,
  'prove-new: collaborations 1': organizations('retire-old'),
  'retire-old: personal.delete 1, once': {
    ...refusedDelete,
    [`404, 429 in seconds, 429 by date, 500, 502 in HTML, ${deleteOnce}`]: done,
    ...noAnswerToDelete,
  },
  'retire-old: personal.delete 1': { ...deleteAlways, '404, broken JSON after, null identity after': done },
  'prove-old-gone: personal.list 1': personalList(oldUnproved),
  // The old value is refused, which is what was to be proved.
  'prove-old-gone: me 1': me(oldUnproved, done),
};

/** The switch is taken back, whatever the answer: Rondo signs in with the old token again. */
const unswitched: Where = { state: 'needs-attention in deliver', left: '1 created; old and new' };

/** Rondo's own: what it signs in with changes between `prove-new` and `retire-old`. The rest is as above. */
const signIn: RouteOutcomes = {
  ...Object.fromEntries(Object.entries(personal).filter(([name]) => !/^plan|project\.read/.test(name))),
  'prove-new: collaborations 1': organizations('deliver'),
  'deliver: me 1': me(unswitched, `${unswitched.state}: needs-attention; ${unswitched.left}`),
};

/** Before the new one is proved once more. */
const resumed: RouteOutcomes = {
  'prove-new: me 1': meFirst({ state: 'needs-attention in prove-new', left: '0 created; old and new' }),
};

export const rotationOutcomes = { project, status, personal, signIn, resumed };
