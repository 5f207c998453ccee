import type { Rotation } from '../../shared/contract/rotation.ts';
import { bothTokens, type Known, type OldStanding } from '../state/both-tokens.ts';
import { waitOf } from '../state/waits.ts';
import { oldStands, standSaid } from './stands.ts';
import { dueTime } from './steps.ts';

const untilCreated: Readonly<Record<OldStanding, string>> = {
  there: 'The old one works meanwhile.',
  untouched: 'The old one is not touched before that.',
  lost: 'The old one does not work any more.',
  unclear: 'The old one may be deleted already.',
  unproved: 'The old one is said to be deleted.',
  deleted: 'Nothing works until then.',
};

/** What whoever looks at a waiting rotation has to know, in a sentence or two. */
export function waitSays(rotation: Rotation, known: Known): string {
  const both = bothTokens(rotation, known);
  const wait = waitOf(rotation);
  switch (wait) {
    case 'create':
      return `Create the new token on CircleCI's page, and paste it here. ${untilCreated[both.old]}`;
    case 'authorize': {
      const why =
        rotation.mode === 'overlap' ? 'the old one goes after that' : 'an organization keeps it out until then';
      return `${oldStands[both.old]}. Authorize the new one for single sign-on: ${why}.`;
    }
    default: {
      const stand = both.old === 'there' && both.fresh === 'works' ? 'Old and new both work.' : standSaid(both);
      if (wait === 'delete') return deleteSays(rotation, both.old, stand);
      // Whatever it waits for, it looks after the new one first.
      if (both.fresh !== 'works') return `${stand} Rondo asks for the new one again before the old one is deleted.`;
      return `${stand} ${retireSays(rotation, wait)}`;
    }
  }
}

function deleteSays({ mode }: Rotation, old: OldStanding, stand: string): string {
  const act =
    old === 'there' || old === 'untouched'
      ? `Delete the old one on CircleCI's page${mode === 'cut-over' ? ' first' : ''}, and say so here.`
      : "Look for the old one on CircleCI's page, delete it if it is there, and say so here.";
  return `${mode === 'cut-over' ? `${oldStands[old]}.` : stand} ${act}`;
}

function retireSays(rotation: Rotation, wait: ReturnType<typeof waitOf>): string {
  const isByHand = rotation.byHand?.includes('retire-old') === true;
  switch (wait) {
    case 'time':
      return isByHand
        ? `You delete the old one on CircleCI's page, from ${dueTime(rotation)} on.`
        : `The old one is deleted on ${dueTime(rotation)}, or at the first unlock after that.`;
    case 'over':
      return 'The old one is deleted within a minute, when CircleCI answers, or at the next unlock.';
    case 'overdue':
      return 'The old one should be deleted by now.';
    default:
      return isByHand
        ? "Take the new value, put it in place, and delete the old token on CircleCI's page."
        : 'Take the new value, put it in place, and the old token is deleted.';
  }
}
