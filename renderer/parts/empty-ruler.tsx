import { inventoryText } from '../text/inventory.ts';
import { YearRuler } from './ruler.tsx';

/** In the place of what is not there yet, or not any more. */
export function EmptyRuler() {
  return (
    <div className="empty-ruler">
      <YearRuler {...inventoryText.ruler} />
    </div>
  );
}
