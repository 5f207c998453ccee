import { useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { DamageReport } from '../../../shared/contract/vault.ts';
import { TextField } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { damageText as words } from '../../text/damage.ts';

/** Which parts, and what a repair does about each, before it is done; only the typed words arm it. */
export function DamageDialog({ report }: { report: DamageReport }) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const vaultRepaired = useRondo((state) => state.vaultRepaired);
  const [typed, setTyped] = useState('');
  const [typedLost, setTypedLost] = useState('');
  const [isRepairing, setRepairing] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const lost = report.damaged.filter(({ remedy }) => remedy === 'set-aside').length;
  const isArmed = typed === words.word && (lost === 0 || typedLost === words.wordLost);

  async function submitted() {
    if (!isArmed || isRepairing) return;
    setRepairing(true);
    const typedWords = { confirm: typed, ...(lost === 0 ? {} : { setAside: typedLost }) };
    setFailure(await dialogActed(() => vaultRepaired(typedWords)));
    setRepairing(false);
  }

  return (
    <FormDialog
      small
      title={words.title}
      about={words.about}
      first="safe"
      safe={words.keep}
      act={{
        label: isRepairing ? words.repairing : words.act,
        look: 'danger-fill',
        disabled: !isArmed,
        busy: isRepairing,
      }}
      holds
      onSubmit={submitted}
      onClose={closed}
    >
      <Parts report={report} />
      <TextField label={words.type} value={typed} onChange={setTyped} placeholder={words.word} large mono />
      {lost === 0 ? null : (
        <TextField
          label={words.typeLost(lost)}
          value={typedLost}
          onChange={setTypedLost}
          placeholder={words.wordLost}
          large
          mono
        />
      )}
      <FailureNote failure={failure} />
    </FormDialog>
  );
}

function Parts({ report: { damaged, proven, beforeNewKeys = [] } }: { report: DamageReport }) {
  return (
    <>
      <ul className="reasons boxed" aria-label={words.list}>
        {damaged.map((part) => (
          <li key={`${part.kind} ${part.id} ${part.reason}`}>
            <Icon name={part.remedy === 'set-aside' ? 'warning' : 'info'} />
            <span className="wrap">
              <b className="strong">{words.part(part)}</b> <span className="mono">{words.id(part)}</span>{' '}
              {words.line(part)}
            </span>
          </li>
        ))}
      </ul>
      <p className="t2">
        {proven ? words.proven : words.unproven} {words.locks}
      </p>
      {beforeNewKeys.length === 0 ? null : <p className="t2">{words.beforeNewKeys(beforeNewKeys.length)}</p>}
    </>
  );
}
