import { useEffect, useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { JobPreviewItem } from '../../../shared/contract/job.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { CheckField, OptionList, SelectField, TextField } from '../../parts/fields.tsx';
import { Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { incidentText } from '../../text/job.ts';
import { projectName } from '../../text/tokens.ts';
import { type Concern, filterOf, isDay, unconcerned } from './concern.ts';
import { PreviewTable } from './preview.tsx';
import { SureDialog } from './sure.tsx';

/** "This laptop was lost", "she left", "everything before that date": choose, see what stops, rotate all. */
export function IncidentScreen({ inventory }: { inventory: Inventory }) {
  const [concern, setConcern] = useState<Concern>(unconcerned);
  const [isSure, setSure] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { items, failure } = usePreview(concern);
  const change = (part: Partial<Concern>) => setConcern({ ...concern, ...part });
  const owners = named(inventory.tokens.flatMap(({ owner }) => (owner === undefined ? [] : [owner])));
  const tags = named(inventory.tokens.flatMap(({ tags }) => tags));
  const projects = named(inventory.tokens.flatMap(({ project }) => (project === undefined ? [] : [project])));
  const able = items?.filter(({ refusal }) => refusal === undefined) ?? [];
  return (
    <div className="page scrolls incident">
      <div className="row-between wrapping">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {incidentText.title}
          </h1>
          <p className="t2 says">{incidentText.about}</p>
        </div>
        <Button look="danger" icon="rotate" disabled={able.length === 0} onClick={() => setSure(true)}>
          {incidentText.rotate(able.length)}
        </Button>
      </div>
      <fieldset className="choose" aria-label={incidentText.which}>
        <TextField
          label={incidentText.name}
          value={concern.title}
          placeholder={incidentText.nameHint}
          onChange={(title) => change({ title })}
        />
        <TextField
          label={incidentText.before}
          value={concern.before}
          placeholder={incidentText.beforeHint}
          {...(isDay(concern.before) ? {} : { error: incidentText.beforeWrong })}
          onChange={(before) => change({ before })}
        />
        <Choose
          label={incidentText.owner}
          value={concern.owner}
          names={owners}
          onChange={(owner) => change({ owner })}
        />
        <Choose label={incidentText.tag} value={concern.tag} names={tags} onChange={(tag) => change({ tag })} />
        <SelectField
          label={incidentText.account}
          value={concern.account}
          choices={[
            { value: '', label: incidentText.any },
            ...inventory.accounts.map(({ id, name, host }) => ({ value: id, label: name, about: host })),
          ]}
          onChange={(account) => change({ account })}
        />
        <Choose
          label={incidentText.project}
          value={concern.project}
          names={projects}
          say={projectName}
          onChange={(project) => change({ project })}
        />
      </fieldset>
      <CheckField checked={concern.heldHere} onChange={(heldHere) => change({ heldHere })}>
        {incidentText.heldHere}
      </CheckField>
      <OptionList
        label={incidentText.mode}
        value={concern.mode}
        onChange={(mode) => change({ mode })}
        options={[
          {
            value: 'cut-over',
            name: incidentText.modes['cut-over'].name,
            about: incidentText.modes['cut-over'].about,
            risk: { words: incidentText.modes['cut-over'].risk, severe: true },
          },
          { value: 'overlap', ...incidentText.modes.overlap },
        ]}
      />
      {failure === undefined ? null : (
        <Note tone="danger" title={failure.message} live>
          {failure.hint}
        </Note>
      )}
      <p className="strong found" role="status">
        {items === undefined ? incidentText.asking : incidentText.found(items.length)}
      </p>
      {items === undefined ? null : <PreviewTable items={items} />}
      {isSure ? <SureDialog concern={concern} amount={able.length} onClose={() => setSure(false)} /> : null}
    </div>
  );
}

interface ChooseProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly say?: (name: string) => string;
  readonly onChange: (value: string) => void;
}

function Choose({ label, value, names, say = (name) => name, onChange }: ChooseProps) {
  const choices = [{ value: '', label: incidentText.any }, ...names.map((name) => ({ value: name, label: say(name) }))];
  return <SelectField label={label} value={value} choices={choices} onChange={onChange} />;
}

function named(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

/** Asked of the vault again as soon as the choice is another one; an answer that comes too late is dropped. */
function usePreview(concern: Concern): { items?: readonly JobPreviewItem[]; failure?: Failure } {
  const incidentAsked = useRondo((state) => state.incidentAsked);
  const [shown, setShown] = useState<{ items?: readonly JobPreviewItem[]; failure?: Failure }>({});
  const { before, owner, tag, account, project, heldHere, mode } = concern;
  useEffect(() => {
    let isWanted = true;
    const filter = filterOf({ before, owner, tag, account, project, heldHere });
    if (filter === undefined) return undefined;
    void incidentAsked(filter, mode).then((answer) => {
      if (isWanted) setShown(answer.ok ? { items: answer.value.items } : { failure: answer.error });
    });
    return () => {
      isWanted = false;
    };
  }, [incidentAsked, before, owner, tag, account, project, heldHere, mode]);
  return shown;
}
