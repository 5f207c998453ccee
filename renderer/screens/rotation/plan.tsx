import { useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { someNames } from '../../../shared/some-names.ts';
import { MayBadge } from '../../parts/badges.tsx';
import { BusyForm } from '../../parts/busy-form.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { CheckField, type Option, OptionList, SelectField, TextField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { WithTail } from '../../parts/with-tail.tsx';
import type { Overlay } from '../../state/place.ts';
import type { RotationWish } from '../../state/rotation.ts';
import { standingOf } from '../../state/standing.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { lackingOf } from '../../state/waits.ts';
import { whileUnlocked } from '../../text/job.ts';
import {
  type Delay,
  delays,
  delaysMs,
  delayWords,
  planLines,
  planText,
  type When,
  whyByHand,
} from '../../text/plan.ts';
import { tokenNames } from '../../text/token-names.ts';
import { named } from '../../text/tokens.ts';
import { type Planned, plannedOf } from './planned.ts';

interface PlanProps {
  readonly inventory: Inventory;
  readonly wanted: Extract<Overlay, { open: 'plan' }>;
}

/** What will happen, before it does. R, Enter rotates as it stands first, which loses nothing. */
export function PlanDialog({ inventory, wanted }: PlanProps) {
  const { ids } = wanted;
  const closed = useRondo((state) => state.closed);
  const rotations = useRondo((state) => state.rotations);
  const rotationConfirmed = useRondo((state) => state.rotationConfirmed);
  const idleMs = useRondo((state) => state.settings.idleMs);
  const [when, setWhen] = useState<When>('taken');
  const [delay, setDelay] = useState<Delay>('day');
  const [keep, setKeep] = useState(false);
  const [label, setLabel] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  /** What it was pressed for: from then on their rotations begin, which others would be left out for. */
  const [starting, setStarting] = useState<Planned>();
  const rotate = useRef<HTMLButtonElement>(null);
  const { tokens, skipped, isMany } = starting ?? plannedOf(inventory.tokens, rotations, ids);
  // What the plan is about is what it was opened for, also when that goes meanwhile.
  const [asked] = useState(() => inventory.tokens.filter(({ id }) => ids.includes(id)));
  const isGone = tokens.length === 0;
  const about = isGone ? asked : tokens;
  const [only] = about;
  const newLabel = isMany || label === only?.label ? undefined : label;
  const names = tokenNames(inventory);
  const byHand = useByHand(inventory, isMany ? undefined : only, wanted.byHand);
  const now = useNow();
  const isHarmless = when === 'taken' || when === 'later';
  const isNamed = newLabel?.trim() !== '';
  async function start() {
    setStarting({ tokens, skipped, isMany });
    const wish: RotationWish = {
      mode: when === 'leaked' ? 'cut-over' : 'overlap',
      retire: when === 'later' ? delaysMs[delay] : when === 'taken' ? 'taken' : 'now',
      keep,
      guided: byHand.isChosen,
      ...(newLabel === undefined ? {} : { label: newLabel }),
    };
    const ids = tokens.map(({ id }) => id);
    setFailure(await rotationConfirmed(ids, wish));
    setStarting(undefined);
  }
  return (
    <Dialog
      title={
        isMany || only === undefined ? (
          planText.titleMany(about.length)
        ) : (
          <WithTail words={planText.title(named(only))} tail={only.tail} />
        )
      }
      about={isMany || only === undefined ? someNames(about.map(names.apart)) : names.about(only)}
      badge={isMany || only === undefined ? undefined : <MayBadge token={only} />}
      first={rotate}
      onClose={closed}
      foot={
        <>
          <span className="t2 state">
            <Icon name="log" small />
            {planText.journal}
          </span>
          <span className="sp" />
          <Button onClick={closed}>{planText.cancel}</Button>
          <Button
            ref={rotate}
            look={isHarmless ? 'primary' : 'danger-fill'}
            icon="rotate"
            {...(isHarmless ? { keys: 'Enter' } : {})}
            disabled={!isNamed}
            // It may have the focus, which one that is disabled would lose.
            busy={isGone || starting !== undefined}
            onClick={() => void start()}
          >
            {isMany ? planText.rotateMany(about.length) : planText.rotate}
          </Button>
        </>
      }
    >
      <BusyForm value={starting !== undefined}>
        {byHand.why === undefined ? null : (
          <Note icon="waits" title={byHand.why}>
            {byHand.isChosen ? planText.chosenByItself : byHand.deletes ? planText.handedOver : undefined}
          </Note>
        )}
        <ol className="plan">
          {planLines({
            when,
            delay,
            label: newLabel,
            isExpired: !isMany && only !== undefined && standingOf(only, now).is === 'expired',
            byHand: { create: byHand.isChosen, delete: byHand.isChosen || byHand.deletes },
          }).map(({ words, isDeadly }, index) => (
            <li key={words} className={isDeadly ? 'dang' : undefined}>
              <span className="mono t3">{index + 1}</span>
              {words}
            </li>
          ))}
        </ol>
        <OptionList
          label={planText.when}
          value={when}
          onChange={setWhen}
          options={[
            { value: 'taken', ...planText.options.taken },
            {
              value: 'now',
              name: planText.options.now.name,
              about: planText.options.now.about,
              risk: { words: planText.options.now.risk, severe: true },
            },
            // A job knows no times.
            ...(isMany ? [] : [later]),
            {
              value: 'leaked',
              name: planText.leaked.name,
              about: planText.leaked.about,
              risk: { words: planText.leaked.risk, severe: true },
            },
          ]}
        />
        {isMany || only === undefined ? null : (
          <form
            className="beside"
            onSubmit={(event) => {
              event.preventDefault();
              // Enter in a field is no answer to a question about what is deleted at once.
              if (isNamed && !isGone && isHarmless && starting === undefined) void start();
            }}
          >
            {when === 'later' ? (
              <SelectField
                label={planText.delay}
                value={delay}
                choices={delays.map((value) => ({ value, label: delayWords[value] }))}
                onChange={setDelay}
              />
            ) : null}
            <TextField label={planText.label} value={label ?? only.label} onChange={setLabel} />
          </form>
        )}
        <CheckField checked={keep} onChange={setKeep}>
          {planText.keep}
        </CheckField>
        {isMany || only === undefined ? null : (
          <CheckField checked={byHand.isChosen} onChange={byHand.choose}>
            {planText.guided}. <span className="t2">{planText.guidedAbout}</span>
          </CheckField>
        )}
        {isMany ? <p className="t2">{whileUnlocked(idleMs)}</p> : null}
        <FailureNote failure={failure} />
        {isGone ? (
          <Note tone="warn" title={planText.gone(about.length)} live />
        ) : skipped > 0 ? (
          <Note title={planText.skipped(skipped)} />
        ) : null}
      </BusyForm>
    </Dialog>
  );
}

const later: Option<When> = {
  value: 'later',
  name: planText.later.name,
  about: planText.later.about,
  risk: { words: planText.later.risk, severe: false },
};

interface ByHandChoice {
  readonly isChosen: boolean;
  readonly choose: (chosen: boolean) => void;
  /** Only the route to delete is absent: that act is handed over when it comes. */
  readonly deletes: boolean;
  readonly why?: string;
}

/** Chosen by itself where Rondo was found not to be able to do it; the person may choose otherwise. */
function useByHand(inventory: Inventory, token: Token | undefined, wanted: boolean | undefined): ByHandChoice {
  const [chosen, choose] = useState(wanted);
  const account = inventory.accounts.find(({ id }) => id === token?.account);
  if (account === undefined || token === undefined) return { isChosen: false, choose, deletes: false };
  const lacking = lackingOf(account, token);
  const why = whyByHand(account.name, token.kind, lacking);
  return {
    isChosen: chosen ?? lacking.isByHand,
    choose,
    deletes: lacking.absent.includes('delete'),
    ...(why === undefined ? {} : { why }),
  };
}
