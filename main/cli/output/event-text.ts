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
    case 'vault.changed':
    case 'inventory.changed':
      return undefined;
  }
}
