import { useEffect, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Token } from '../../../shared/contract/token.ts';
import type { Id } from '../../../shared/ids.ts';
import { someNames } from '../../../shared/some-names.ts';
import { MayBadge } from '../../parts/badges.tsx';
import { TextField } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { WithTail } from '../../parts/with-tail.tsx';
import { isPast, standingOf } from '../../state/standing.ts';
import type { Consequences } from '../../state/tokens.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { deleteText } from '../../text/acts.ts';
import { tokenNames } from '../../text/token-names.ts';
import { named } from '../../text/tokens.ts';

/** Consequences first; the safe button has the focus; a project's token, or several, only after DELETE was typed. */
export function DeleteDialog({ inventory, ids }: { inventory: Inventory; ids: readonly Id[] }) {
  const closed = useRondo((state) => state.closed);
  const rotatePressed = useRondo((state) => state.rotatePressed);
  const consequencesAsked = useRondo((state) => state.consequencesAsked);
  const dialogActed = useRondo((state) => state.dialogActed);
  const deletionConfirmed = useRondo((state) => state.deletionConfirmed);
  // What the dialog asks about stays what it asked about, also while the list changes under it.
  const [tokens] = useState(() => inventory.tokens.filter((token) => ids.includes(token.id) && !isPast(token)));
  const [consequences, setConsequences] = useState<Consequences>();
  const [typed, setTyped] = useState('');
  const [isDeleting, setDeleting] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [only] = tokens;
  const onlyName = only === undefined ? '' : named(only);
  const names = tokenNames(inventory);
  const isMany = tokens.length > 1;
  const now = useNow();
  const words = deleteText.cases[isMany ? 'many' : caseOf(only, now)];
  const mustType = isMany || only?.kind === 'project';
  // Not before it says what stops working, or that this could not be found out.
  const isArmed = tokens.length > 0 && consequences !== undefined && (!mustType || typed === deleteText.word);

  useEffect(() => {
    let isOpen = true;
    void consequencesAsked(tokens.map(({ id }) => id)).then((answer) => {
      if (isOpen) setConsequences(answer);
    });
    return () => {
      isOpen = false;
    };
  }, [consequencesAsked, tokens]);

  async function submitted() {
    if (!isArmed || isDeleting) return;
    setDeleting(true);
    setFailure(
      await dialogActed(
        () =>
          deletionConfirmed(
            tokens.map(({ id }) => id),
            deleteText.word,
          ),
        { title: isMany ? deleteText.doneMany(tokens.length) : deleteText.done(onlyName), when: 'closed' },
      ),
    );
    setDeleting(false);
  }

  return (
    <FormDialog
      small
      title={
        isMany ? deleteText.titleMany(tokens.length) : <WithTail words={deleteText.title(onlyName)} tail={only?.tail} />
      }
      about={
        isMany || only === undefined
          ? `${someNames(tokens.map(names.apart))}. ${deleteText.aboutMany}`
          : deleteText.about(names.about(only))
      }
      badge={isMany || only === undefined ? undefined : <MayBadge token={only} />}
      aside={<span className="t2">{isMany ? deleteText.keepsMany : deleteText.keeps}</span>}
      first="safe"
      safe={isMany ? deleteText.keepMany : deleteText.keep}
      act={{
        label: isDeleting ? deleteText.deleting : isMany ? deleteText.deleteMany(tokens.length) : deleteText.delete,
        look: 'danger-fill',
        icon: 'remove',
        disabled: !isArmed,
        busy: isDeleting,
      }}
      onSubmit={submitted}
      onClose={closed}
    >
      <WhatStops consequences={consequences} whatever={words.whatever} />
      <Note icon="rotate" title={words.instead}>
        {words.insteadAbout}{' '}
        <button
          type="button"
          className="link"
          disabled={isDeleting}
          onClick={() => rotatePressed(tokens.map(({ id }) => id))}
        >
          {deleteText.rotate}
        </button>
      </Note>
      {mustType ? (
        <TextField
          label={isMany ? deleteText.typeMany : deleteText.type}
          value={typed}
          onChange={setTyped}
          placeholder={deleteText.word}
          large
          mono
        />
      ) : null}
      <FailureNote failure={failure} />
    </FormDialog>
  );
}

function WhatStops({ consequences, whatever }: { consequences: Consequences | undefined; whatever: string }) {
  if (consequences === undefined) return <p className="t2">{deleteText.asking}</p>;
  if (!consequences.ok) {
    return (
      <Note tone="danger" title={consequences.failure.message} live>
        {consequences.failure.hint}
      </Note>
    );
  }
  const lines = [...consequences.lines, whatever];
  return (
    <div>
      <h3 className="lab">{deleteText.stops}</h3>
      <ul className={consequences.lines.length > 0 ? 'reasons note danger' : 'reasons boxed'}>
        {lines.map((line) => (
          <li key={line}>
            <Icon name={line === lines.at(-1) ? 'info' : 'warning'} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function caseOf(token: Token | undefined, now: number): 'one' | 'expired' {
  return token !== undefined && standingOf(token, now).is === 'expired' ? 'expired' : 'one';
}
