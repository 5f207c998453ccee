import { useEffect, useMemo, useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { JobFilter, JobPreviewItem } from '../../../shared/contract/job.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import type { RotationMode } from '../../../shared/contract/rotation.ts';
import { Button } from '../../parts/button.tsx';
import { CheckField, OptionList, SelectField, TextField } from '../../parts/fields.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useArrival } from '../../parts/use-arrival.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { incidentText } from '../../text/job.ts';
import { projectNames } from '../../text/project-names.ts';
import { type Concern, filterOf, isDay, unconcerned } from './concern.ts';
import { PreviewTable } from './preview.tsx';
import { SureDialog } from './sure.tsx';

/** "This laptop was lost", "she left", "everything before that date": choose, see what stops, rotate all. */
export function IncidentScreen({ inventory }: { inventory: Inventory }) {
  const [concern, setConcern] = useState<Concern>(unconcerned);
  /** As it was shown when the person pressed: what changes behind the question is not part of it. */
  const [asked, setAsked] = useState<readonly JobPreviewItem[]>();
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading);
  const { items, failure, agreed } = usePreview(concern, inventory);
  const change = (part: Partial<Concern>) => setConcern({ ...concern, ...part });
  const owners = named(inventory.tokens.flatMap(({ owner }) => (owner === undefined ? [] : [owner])));
  const tags = named(inventory.tokens.flatMap(({ tags }) => tags));
  const projects = named(inventory.tokens.flatMap(({ project }) => (project === undefined ? [] : [project])));
  const projectName = projectNames(inventory.projects);
  const able = ableOf(items);
  const untold = (items ?? []).filter(({ untoldAge }) => untoldAge).length;
  return (
    <div className="page scrolls incident">
      <div className="row-between wrapping">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {incidentText.title}
          </h1>
          <p className="t2">{incidentText.about}</p>
        </div>
        <Button
          look="danger"
          icon="rotate"
          disabled={agreed === undefined || able.length === 0}
          onClick={() => setAsked(items)}
        >
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
        options={(['cut-over', 'overlap'] as const).map((value) => {
          const { name, about, risk } = incidentText.modes[value];
          return { value, name, about, risk: { words: risk, severe: true } };
        })}
      />
      <FailureNote failure={failure} />
      <p className="strong found" role="status">
        {items === undefined ? failure === undefined && incidentText.asking : incidentText.found(items.length)}
      </p>
      {untold === 0 ? null : <p className="t2">{incidentText.untoldAge(untold)}</p>}
      {items === undefined ? null : <PreviewTable items={items} projectName={projectName} />}
      {asked === undefined ? null : (
        <SureDialog concern={concern} shown={asked} amount={ableOf(asked).length} onClose={() => setAsked(undefined)} />
      )}
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

function ableOf(items: readonly JobPreviewItem[] = []): readonly JobPreviewItem[] {
  return items.filter(({ refusal }) => refusal === undefined);
}

function named(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

interface Preview {
  readonly filter?: JobFilter;
  readonly mode?: RotationMode;
  readonly items?: readonly JobPreviewItem[];
  readonly failure?: Failure;
}

/**
 * Asked of the vault again as soon as the choice or what it chooses from is another; an answer that comes too late is
 * dropped. `agreed`: the choice that the items are of, only while it is still the one filled in. Nothing else may be rotated.
 */
function usePreview(concern: Concern, inventory: Inventory): Preview & { agreed?: JobFilter } {
  const incidentAsked = useRondo((state) => state.incidentAsked);
  const [shown, setShown] = useState<Preview>({});
  const { before, owner, tag, account, project, heldHere, mode } = concern;
  const filter = useMemo(
    () => filterOf({ before, owner, tag, account, project, heldHere }),
    [before, owner, tag, account, project, heldHere],
  );
  // Another one also when the inventory is another: then other tokens may be what it finds.
  const question = useMemo(() => ({ filter, mode, inventory }), [filter, mode, inventory]);
  useEffect(() => {
    let isWanted = true;
    const { filter, mode } = question;
    if (filter === undefined) return undefined;
    void incidentAsked(filter, mode).then((answer) => {
      if (isWanted)
        setShown({ filter, mode, ...(answer.ok ? { items: answer.value.items } : { failure: answer.error }) });
    });
    return () => {
      isWanted = false;
    };
  }, [incidentAsked, question]);
  const isCurrent = filter !== undefined && shown.filter === filter && shown.mode === mode;
  return isCurrent ? { ...shown, agreed: filter } : shown;
}
