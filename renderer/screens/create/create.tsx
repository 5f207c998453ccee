import { useContext, useRef, useState } from 'react';
import type { Account } from '../../../shared/contract/account.ts';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Access, Scope } from '../../../shared/contract/token.ts';
import { BusyForm } from '../../parts/busy-form.ts';
import { CheckField, OptionList, SelectField, TextField } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import type { Overlay } from '../../state/place.ts';
import { dayMs } from '../../state/standing.ts';
import type { NewToken } from '../../state/tokens.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { createText } from '../../text/acts.ts';
import { projectNames } from '../../text/project-names.ts';
import { BornToday } from './born-today.tsx';

interface CreateDialogProps {
  readonly inventory: Inventory;
  readonly wanted: Extract<Overlay, { open: 'create' }>;
}

export function CreateDialog({ inventory, wanted }: CreateDialogProps) {
  const closed = useRondo((state) => state.closed);
  const tokenCreated = useRondo((state) => state.tokenCreated);
  const { accounts } = inventory;
  const projects = inventory.projects.filter(({ watched }) => watched !== 'no');
  const projectName = projectNames(inventory.projects);
  const [kind, setKind] = useState(projects.length === 0 ? 'personal' : wanted.kind);
  const [account, setAccount] = useState(accounts[0]?.id ?? '');
  const [place, setPlace] = useState(() => {
    const first = projects.find(({ slug }) => slug === wanted.project) ?? projects[0];
    return first === undefined ? '' : placeKey(first);
  });
  const [label, setLabel] = useState('');
  const [scope, setScope] = useState<Scope>('read-only');
  const [access, setAccess] = useState<Access | 'unset'>('read');
  const [expiry, setExpiry] = useState('90');
  const [keep, setKeep] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const labelField = useRef<HTMLInputElement>(null);
  const days = kind === 'project' || expiry === 'unset' ? undefined : Number(expiry);

  function request(): NewToken {
    if (kind === 'project') {
      const project = projects.find((candidate) => placeKey(candidate) === place);
      return { kind, account: project?.account ?? account, project: project?.slug ?? '', scope, label, keep };
    }
    return {
      kind,
      account,
      label,
      keep,
      ...(days === undefined ? {} : { expiresInMs: days * dayMs }),
      ...(access === 'unset' ? {} : { access }),
    };
  }

  async function submitted() {
    if (isCreating) return;
    if (label.trim() === '') {
      setProblem(createText.missingLabel);
      return labelField.current?.focus();
    }
    setProblem(undefined);
    setCreating(true);
    setFailure(await tokenCreated(request()));
    setCreating(false);
  }

  return (
    <FormDialog
      title={createText.title[kind]}
      about={createText.about[kind]}
      first={labelField}
      aside={
        <span className="t2 state">
          <Icon name="lock" small />
          {createText.sealed}
        </span>
      }
      safe={createText.cancel}
      act={{
        label: isCreating ? createText.creating : createText.create,
        disabled: accounts.length === 0,
        busy: isCreating,
      }}
      onSubmit={submitted}
      onClose={closed}
    >
      <KindChoice kind={kind} hasProjects={projects.length > 0} onChange={setKind} />
      <div className="pair">
        {kind === 'project' ? (
          <SelectField
            label={createText.project}
            icon="project"
            value={place}
            onChange={setPlace}
            choices={projects.map((project) => ({
              value: placeKey(project),
              label: projectName(project.slug),
              about: accountName(accounts, project.account),
            }))}
          />
        ) : (
          <SelectField
            label={createText.account}
            icon="account"
            value={account}
            onChange={setAccount}
            choices={accounts.map(({ id, name, login }) => ({ value: id, label: name, about: login }))}
          />
        )}
        <TextField
          label={kind === 'project' ? createText.label : createText.name}
          value={label}
          onChange={setLabel}
          ref={labelField}
          {...(problem === undefined ? {} : { error: problem })}
        />
      </div>
      {kind === 'project' ? (
        <OptionList
          label={createText.may}
          value={scope}
          onChange={setScope}
          options={(['status', 'read-only', 'admin'] as const).map((value) => option(value, createText.scopes[value]))}
        />
      ) : (
        <>
          <OptionList
            label={createText.may}
            value={access}
            onChange={setAccess}
            options={(['read', 'write', 'admin', 'unset'] as const).map((value) =>
              option(value, createText.accesses[value]),
            )}
          />
          <div className="beside">
            <SelectField
              label={createText.expiry}
              icon="clock"
              value={expiry}
              onChange={setExpiry}
              choices={createText.expiries.map(([value, name]) => ({ value, label: name }))}
            />
          </div>
        </>
      )}
      <p className="hint">{createText.final}</p>
      {kind === 'personal' && expiry === 'unset' ? (
        <p className="hint">{createText.endUnset}</p>
      ) : (
        <BornToday days={days} />
      )}
      <CheckField checked={keep} onChange={setKeep}>
        {createText.keep}
      </CheckField>
      {accounts.length === 0 ? <Note tone="warn" title={createText.noAccount} /> : null}
      <FailureNote failure={failure} />
    </FormDialog>
  );
}

interface KindChoiceProps {
  readonly kind: 'personal' | 'project';
  readonly hasProjects: boolean;
  readonly onChange: (kind: 'personal' | 'project') => void;
}

function KindChoice({ kind, hasProjects, onChange }: KindChoiceProps) {
  const readOnly = useContext(BusyForm);
  return (
    <fieldset className="segments">
      <legend className="sr">{createText.kind}</legend>
      {(['project', 'personal'] as const).map((value) => (
        <button
          key={value}
          type="button"
          className="segment"
          aria-pressed={kind === value}
          disabled={value === 'project' && !hasProjects}
          aria-disabled={readOnly || undefined}
          onClick={() => readOnly || onChange(value)}
        >
          <Icon name={value} small />
          {createText.kinds[value]}
        </button>
      ))}
    </fieldset>
  );
}

function option<Value extends string>(value: Value, words: { name: string; about: string; risk: string }) {
  return {
    value,
    name: words.name,
    about: words.about,
    risk: { words: words.risk, severe: value === 'admin' || value === 'unset' },
  };
}

/** Two accounts may watch a project of the same slug. */
function placeKey(project: { readonly slug: string; readonly account: string }): string {
  return `${project.account} ${project.slug}`;
}

function accountName(accounts: readonly Account[], id: string): string {
  return accounts.find((account) => account.id === id)?.name ?? '';
}
