import {
  brokenList,
  limited,
  me,
  type RouteOutcomes,
  refused,
  unanswered,
  unreached,
  type Where,
} from './route-outcome-parts.ts';

/**
 * The same where a person makes the new token and deletes the old one, and Rondo only looks after it: it creates and
 * deletes nothing itself, whatever comes back. What it cannot look after is not taken for done: what the person told is
 * refused, and the rotation waits as before for the same to be told again.
 */
const unplanned: Where = { state: 'failed in plan', left: 'old' };
const creationUntaken: Where = { state: 'create was told', left: 'old and new' };
const newUnproved: Where = { state: 'needs-attention in prove-new', left: 'old and new' };
const deletionUntaken: Where = { state: 'delete was told', left: 'new' };
const oldUnproved: Where = { state: 'needs-attention in prove-old-gone', left: 'new' };
const done = 'done; new';

/** A list that is kept back is what a person does without: the value is proved by its use, and the deletion by their word. */
const personalList = (where: Where) => ({ ...brokenList(where), '401, 403, 404': done });
const projectList = personalList;

/** Asked first who Rondo itself is; only a list of the same person says anything. */
const sameUserFirst = (where: Where) => ({
  '401': `${where.state}: unauthorized; ${where.left}`,
  ...refused(where),
  '403, 404, 500, 502 in HTML, broken JSON after, null identity after': `${where.state}: server-error; ${where.left}`,
  ...limited(where),
  ...unreached(where),
});

const unclear = (where: Where) => `${where.state}: needs-attention; ${where.left}`;
const notAnyone = 'create was told: invalid-input; old and new';
const stillAnswers = 'delete was told: needs-attention; new';

const project: RouteOutcomes = {
  'plan: me 1': me(unplanned, 'failed in plan: unauthorized; old'),
  'plan: project.list 1': projectList(unplanned),
  'create told: me 1': sameUserFirst(creationUntaken),
  'create told: project.list 1': projectList(creationUntaken),
  'create told: project.read 1': {
    '400, 401, 403, 404, 409, 422': notAnyone,
    'broken JSON after, null identity after': done,
    ...unanswered(creationUntaken),
  },
  // The same question without a token.
  'create told: project.read 2': {
    '400, 409, 422': notAnyone,
    // The pasted value is answered, nobody is not: it is taken. Then its proof is asked at the address that is broken.
    '401, 403, 404': unclear(newUnproved),
    'broken JSON after, null identity after': done,
    ...unanswered(creationUntaken),
  },
  'prove-new: project.list 1': projectList(newUnproved),
  'prove-new: project.read 1': {
    '400, 401, 403, 404, 409, 422': unclear(newUnproved),
    'broken JSON after, null identity after': done,
    ...unanswered(newUnproved),
  },
  'prove-new: project.read 2': {
    '400, 409, 422': unclear(newUnproved),
    '401, 404': stillAnswers,
    '403, broken JSON after, null identity after': done,
    ...unanswered(newUnproved),
  },
  'delete told: me 1': sameUserFirst(deletionUntaken),
  'delete told: project.list 1': projectList(deletionUntaken),
  'delete told: project.read 1': {
    '401, 404': stillAnswers,
    '400, 403, 409, 422, broken JSON after, null identity after': done,
    ...unanswered(deletionUntaken),
  },
  'delete told: project.read 2': {
    '400, 401, 403, 404, 409, 422, broken JSON after, null identity after': done,
    ...unanswered(deletionUntaken),
  },
  'prove-old-gone: project.list 1': projectList(oldUnproved),
  'prove-old-gone: project.read 1': {
    '400, 401, 403, 404, 409, 422, broken JSON after, null identity after': done,
    ...unanswered(oldUnproved),
  },
};

const personal: RouteOutcomes = {
  'plan: personal.list 1': personalList(unplanned),
  'create told: personal.list 1': personalList(creationUntaken),
  'create told: me 1': me(creationUntaken, notAnyone),
  'prove-new: personal.list 1': personalList(newUnproved),
  'prove-new: me 1': me(newUnproved, unclear(newUnproved)),
  'delete told: me 1': sameUserFirst(deletionUntaken),
  'delete told: personal.list 1': personalList(deletionUntaken),
  // The old value, asked who it is.
  'delete told: me 2': me(deletionUntaken, stillAnswers),
  'prove-old-gone: personal.list 1': personalList(oldUnproved),
  'prove-old-gone: me 1': me(oldUnproved, done),
};

/** Rondo's own: the switch is taken back, whatever the answer. */
const unswitched: Where = { state: 'needs-attention in deliver', left: 'old and new' };
const signIn: RouteOutcomes = { 'deliver: me 1': me(unswitched, unclear(unswitched)) };

export const guidedOutcomes = { project, personal, signIn };
