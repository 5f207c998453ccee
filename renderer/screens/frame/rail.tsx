import type { Inventory } from '../../../shared/contract/inventory.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { Keys } from '../../parts/button.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { ChoiceMenu } from '../../parts/menu.tsx';
import type { Place } from '../../state/place.ts';
import { isPast } from '../../state/standing.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { figure } from '../../text/count.ts';
import { frameText, placeNames } from '../../text/frame.ts';

const places = [
  { at: 'home', icon: 'home' },
  { at: 'inventory', icon: 'inventory' },
  { at: 'rotations', icon: 'rotate' },
  { at: 'activity', icon: 'log' },
  { at: 'settings', icon: 'settings' },
] as const satisfies readonly { at: Exclude<Place['at'], 'rotation' | 'job' | 'incident'>; icon: IconName }[];

export function Rail({ inventory }: { inventory: Inventory }) {
  const place = useRondo((state) => state.place);
  const went = useRondo((state) => state.went);
  const rotations = useRondo((state) => state.rotations);
  const lockPressed = useRondo((state) => state.lockPressed);
  const idleMs = useRondo((state) => state.settings.idleMs);
  const open = [...rotations.values()].filter(isOpenRotation).length;
  const numbers: Partial<Record<Place['at'], number>> = {
    inventory: inventory.tokens.filter((token) => !isPast(token)).length,
    rotations: open,
  };
  const isRotating = place.at === 'rotation' || place.at === 'job' || place.at === 'incident';
  const current = isRotating ? 'rotations' : place.at;
  return (
    <nav className="rail" aria-label={frameText.app}>
      <AccountChoice inventory={inventory} />
      {places.map(({ at, icon }) => (
        <button
          key={at}
          type="button"
          className="nav"
          title={placeNames[at]}
          aria-current={current === at ? 'page' : undefined}
          onClick={() => went({ at })}
        >
          <Icon name={icon} />
          <span className="nav-name">{placeNames[at]}</span>
          {numbers[at] ? <span className="n">{figure(numbers[at])}</span> : null}
        </button>
      ))}
      <div className="foot">
        <button type="button" className="nav" aria-keyshortcuts="Control+L" onClick={() => void lockPressed()}>
          <Icon name="unlock" />
          <span className="nav-name">{frameText.lockNow}</span>
          <Keys keys="Ctrl L" push />
        </button>
        <p className="t3">{frameText.locksItself(idleMs)}</p>
      </div>
    </nav>
  );
}

/** Which account's tokens the list shows: the same filter as in the list, at hand on every page. */
function AccountChoice({ inventory }: { inventory: Inventory }) {
  const account = useRondo((state) => state.filter.account);
  const filtered = useRondo((state) => state.filtered);
  const opened = useRondo((state) => state.opened);
  const { accounts } = inventory;
  if (accounts.length === 0) {
    return (
      <button type="button" className="acct" onClick={() => opened({ open: 'connect' })}>
        <b className="cut">{frameText.noAccount}</b>
        <small className="cut">{frameText.addAccount}</small>
        <Icon name="add" small />
      </button>
    );
  }
  const shown = accounts.find(({ id }) => id === account);
  return (
    <ChoiceMenu
      label={frameText.chooseAccount}
      className={shown === undefined ? 'acct' : 'acct chosen'}
      value={account}
      choices={[
        { value: 'any', label: frameText.allAccounts },
        ...accounts.map(({ id, name, host }) => ({ value: id, label: name, about: host })),
      ]}
      onChoose={(value) => filtered({ account: value })}
    >
      <b className="cut">{shown?.name ?? frameText.allAccounts}</b>
      <small className="cut">{shown === undefined ? frameText.accountsAbout(accounts) : shown.host}</small>
      <Icon name="choose" small className="acct-wide" />
      <Icon name="account" className="acct-narrow" />
    </ChoiceMenu>
  );
}
