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
import { rotationOutcomes } from './route-outcomes.ts';

/**
 * The same where the old token goes first, in the order in which it is done. It failed only as long as nothing is deleted;
 * from then on it needs attention or a person, and nothing is created before the old one is proved gone.
 */
const undeleted: Where = { state: 'failed in retire-old', left: '0 created; old' };
const unclearIfDeleted: Where = { state: 'needs-attention in retire-old', left: '0 created; old' };
const goneUnproved: Where = { state: 'needs-attention in prove-old-gone', left: '0 created; neither' };
const uncreated: Where = { state: 'needs-attention in create', left: '0 created; neither' };
const newUnproved: Where = { state: 'needs-attention in prove-new', left: '1 created; new' };

/** Nothing is deleted before the plan is made, so that is as in overlap. */
const planned = (outcomes: RouteOutcomes) =>
  Object.fromEntries(Object.entries(outcomes).filter(([name]) => name.startsWith('plan')));

const refusedDelete = {
  ...refused(undeleted),
  '401, 403': 'waiting in retire-old: forbidden; 0 created; old',
};
const deleteAlways = {
  ...refusedDelete,
  // It says that nothing was done.
  ...limited(undeleted),
  ...broken(unclearIfDeleted),
  'closed before, no answer, refused': 'needs-attention in retire-old: network; 0 created; old',
  'closed after': 'needs-attention in retire-old: network; 0 created; neither',
};
const noAnswerToDelete = { 'no answer, refused': 'needs-attention in retire-old: network; 0 created; old' };
const deleteOnce =
  '429 in seconds, 429 by date, 500, 502 in HTML, broken JSON after, null identity after, closed before, closed after';

const forbiddenToCreate = { '401, 403': 'waiting in create: forbidden; 0 created; neither' };
const hiddenFromCreate = 'waiting in create: not-found; 0 created; neither';
const listInCreate = { ...brokenList(uncreated), ...forbiddenToCreate };
const refusedCreate = { ...refused(uncreated), ...forbiddenToCreate, ...limited(uncreated) };
const lostOnce = {
  ...refusedCreate,
  'broken JSON after, null identity after, closed after': 'done; 2 created; new',
  refused: 'needs-attention in create: network; 0 created; neither',
};
/** Twice at most, and both were found and deleted again. */
const lostAlways = {
  ...refusedCreate,
  '500, 502 in HTML, closed before, no answer, refused': 'needs-attention in create: network; 0 created; neither',
  'broken JSON after, null identity after, closed after': 'needs-attention in create: network; 2 created; neither',
};
const unclear = `${newUnproved.state}: needs-attention; ${newUnproved.left}`;

const project: RouteOutcomes = {
  ...planned(rotationOutcomes.project),
  'retire-old: project.delete 1': {
    ...deleteAlways,
    '404': 'waiting; 0 created; old',
    'broken JSON after, null identity after': done,
  },
  'retire-old: project.delete 1, once': {
    ...refusedDelete,
    '404': 'waiting; 0 created; old',
    [deleteOnce]: done,
    ...noAnswerToDelete,
  },
  'prove-old-gone: project.list 1': projectList(goneUnproved),
  'prove-old-gone: project.read 1': {
    // The list decides that the old one is gone; the same answer to the new one is no proof of that.
    '400, 401, 403, 404, 409, 422': unclear,
    'broken JSON after, null identity after': done,
    ...unanswered(goneUnproved),
  },
  'create: project.list 1': { ...listInCreate, '404': hiddenFromCreate },
  'create: project.create 1': { ...lostAlways, '404': hiddenFromCreate },
  'create: project.create 1, once': {
    ...lostOnce,
    '404': hiddenFromCreate,
    '500, 502 in HTML, closed before, no answer': done,
  },
  'prove-new: project.list 1': projectList(newUnproved),
  'prove-new: project.read 1': {
    '400, 401, 403, 404, 409, 422': unclear,
    'broken JSON after, null identity after': done,
    ...unanswered(newUnproved),
  },
  'prove-new: project.read 2': {
    '400, 409, 422': unclear,
    '401, 403, 404, broken JSON after, null identity after': done,
    ...unanswered(newUnproved),
  },
};

const personal: RouteOutcomes = {
  ...planned(rotationOutcomes.personal),
  'retire-old: personal.delete 1': { ...deleteAlways, '404, broken JSON after, null identity after': done },
  'retire-old: personal.delete 1, once': {
    ...refusedDelete,
    [`404, ${deleteOnce}`]: done,
    ...noAnswerToDelete,
  },
  'prove-old-gone: personal.list 1': personalList(goneUnproved),
  // The old value is refused, which is what was to be proved; that the new one is as well is not.
  'prove-old-gone: me 1': me(goneUnproved, unclear),
  'create: personal.list 1': { ...listInCreate, '404': done },
  'create: personal.create 1': { ...lostAlways, '404': done },
  'create: personal.create 1, once': { ...lostOnce, '404, 500, 502 in HTML, closed before, no answer': done },
  'prove-new: personal.list 1': personalList(newUnproved),
  'prove-new: me 1': me(newUnproved, unclear),
};

const status: RouteOutcomes = {
  'prove-old-gone: badge 1': badge(goneUnproved),
  'prove-old-gone: badge 2': badge(goneUnproved),
  'prove-new: badge 1': badge(newUnproved),
  'prove-new: badge 2': badge(newUnproved),
};

/** It waits for a person as before: nobody has asked for the deletion again. */
const resumed: RouteOutcomes = {
  'retire-old: me 1': meFirst({ state: 'waiting in retire-old', left: '0 created; old' }),
};

export const cutOverOutcomes = { project, personal, status, resumed };
