import type { RondoEvent } from '../../../shared/contract/contract.ts';
import { printable } from '../../../shared/labels.ts';
import { shortId } from './short.ts';

/** What an event says on the line of progress; undefined: nothing worth a line. */
export function eventText(event: RondoEvent): string | undefined {
  switch (event.event) {
    case 'sync.progress': {
      const { done, total, reading } = event.value;
      return `reading ${printable(reading)} (${done} of ${total})…`;
    }
    case 'rotation.changed': {
      const current = event.value.steps.find((step) => step.state === 'running' || step.state === 'waiting');
      return current === undefined ? undefined : `rotating ${shortId(event.value.token)}: ${current.name}…`;
    }
    case 'job.changed': {
      const { counts, total, hostPause } = event.value;
      const text = `${counts.done} of ${total} replaced`;
      return hostPause === undefined ? `${text}…` : `${text}; CircleCI asked for a pause until ${hostPause.until}…`;
    }
    case 'vault.changed':
    case 'inventory.changed':
      return undefined;
  }
}
