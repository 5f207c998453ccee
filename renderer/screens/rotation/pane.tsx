import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Rotation, Step } from '../../../shared/contract/rotation.ts';
import type { Id } from '../../../shared/ids.ts';
import { oldTokenFate } from '../../../shared/old-token-fate.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { proofsOf } from '../../../shared/proofs-of.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Note } from '../../parts/note.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { tokenById } from '../../state/tokens.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { afterTaking } from '../../state/waits.ts';
import { dayAndTime, dayWithYear, exactTime } from '../../text/dates.ts';
import { isProvedAtBothEnds, proofsSaid, provedBoth, receiptText } from '../../text/receipt.ts';
import { rotationText } from '../../text/rotation.ts';
import { takeText } from '../../text/take.ts';
import { TakePanel } from '../take/take-panel.tsx';
import { IfItStops } from './if-it-stops.tsx';

interface RotationPaneProps {
  readonly rotation: Rotation;
  readonly inventory: Inventory;
  readonly label: string;
  /** Where there is nothing else to do to it as a whole. */
  readonly onGiveUp?: () => void;
}

export function RotationPane({ rotation, inventory, label, onGiveUp }: RotationPaneProps) {
  const replacement = tokenById(inventory.tokens, rotation.replacement);
  const known = { old: tokenById(inventory.tokens, rotation.token), fresh: replacement };
  const takenPressed = useRondo((state) => state.takenPressed);
  const [isAgain, setAgain] = useState(false);
  const [isPressed, setPressed] = useState(false);
  const copy = useRef<HTMLButtonElement>(null);
  // "Take again" goes with what it was in.
  useFocusKept(copy, isAgain);
  async function taken(token: Id) {
    setPressed(true);
    const failed = await takenPressed(token);
    if (failed === undefined) setAgain(false);
    else setPressed(false);
    return failed;
  }
  const isTaken = rotation.taken === true;
  const isHeld = replacement !== undefined && replacement.hasValue !== 'none';
  // While it is open the vault lets go of no value, also of one that was taken.
  const isLost = replacement !== undefined && !isHeld && isOpenRotation(rotation);
  return (
    <aside className="pane" aria-label={takeText.newPanel}>
      <div className="pane-scroll">
        {replacement === undefined ? null : (
          <section className="top">
            <h2 className="h-label">{takeText.newPanel}</h2>
            {isLost ? (
              <Lost rotation={rotation} />
            ) : !isHeld || (isTaken && rotation.state === 'done') ? (
              // The rotation is told of before the inventory: what was taken of one that is done is forgotten by the next word.
              <Ended isJustNow={isPressed} title={takeText.forgotten}>
                {takeText.forgottenAbout}
              </Ended>
            ) : isTaken && !isAgain ? (
              <Ended isJustNow={isPressed} title={rotationText.stillHeld}>
                {rotationText.stillHeldAbout(rotation)}{' '}
                <button type="button" className="link" onClick={() => setAgain(true)}>
                  {rotationText.takeAgain}
                </button>
              </Ended>
            ) : isTakeable(rotation) ? (
              <TakePanel
                token={replacement}
                isTaken={isTaken}
                then={afterTaking(rotation)}
                copyRef={copy}
                onDone={() => taken(replacement.id)}
              />
            ) : (
              <p className="t2">{rotationText.sealedUntil}</p>
            )}
          </section>
        )}
        {isOpenRotation(rotation) && !isLost && rotation.decision !== 'restored' ? (
          <IfItStops rotation={rotation} known={known} isHeld={isHeld} />
        ) : null}
        <Receipt rotation={rotation} inventory={inventory} label={label} />
      </div>
      {onGiveUp === undefined ? null : (
        <div className="acts">
          <Button wide onClick={onGiveUp}>
            {rotationText.giveUp}
          </Button>
        </div>
      )}
    </aside>
  );
}

/** Whatever has ended, and however: only one that goes on may still have to prove its value. */
function isTakeable({ state, steps }: Rotation): boolean {
  const goesOn = state === 'planned' || state === 'running';
  // While it is proved a second time, after a wait, it stays: somebody may be taking it.
  const isProved = ({ name, state }: Step) =>
    (name === 'prove-new' && state === 'done') || (name === 'deliver' && (state === 'done' || state === 'skipped'));
  return !goesOn || steps.some(isProved);
}

/** A backup and a repair are without what waits to be taken. What Rondo itself signs in with, the account has. */
function Lost({ rotation }: { rotation: Rotation }) {
  const words = rotationText.lost;
  const isSignIn = rotation.steps.some(({ name, state }) => name === 'deliver' && state === 'done');
  if (isSignIn) return <p className="t2">{words.signsIn}</p>;
  return (
    <Note tone="warn" title={words.title}>
      {oldTokenFate(rotation) === 'there' ? words.oldStays : words.oldGone}
    </Note>
  );
}

interface EndedProps {
  readonly isJustNow: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

/** Its button is gone with the panel: whoever pressed it is not left nowhere. */
function Ended({ isJustNow, title, children }: EndedProps) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isJustNow) note.current?.focus();
  }, [isJustNow]);
  return (
    <div ref={note} className="take" tabIndex={-1}>
      <Note icon="done" title={title}>
        {children}
      </Note>
    </div>
  );
}

function Receipt({ rotation, inventory, label }: { rotation: Rotation; inventory: Inventory; label: string }) {
  const { receipt } = rotation;
  const [isRefused, setRefused] = useState(false);
  const text = receipt === undefined ? undefined : receiptText(rotation, label);
  const dueAt = receipt?.retire?.dueAt ?? rotation.retireDueAt;
  const old = tokenById(inventory.tokens, rotation.token);
  const replacement = tokenById(inventory.tokens, rotation.replacement);
  const account = inventory.accounts.find(({ id }) => id === old?.account);
  const words = rotationText.facts;
  const oldTail = receipt?.old.tail ?? old?.tail;
  return (
    <section>
      <h2 className="part">
        <span>{rotation.state === 'done' ? rotationText.receipt : rotationText.standing}</span>
        {text === undefined || isRefused ? null : <CopyReceipt text={text} onRefused={() => setRefused(true)} />}
      </h2>
      {text !== undefined && isRefused ? <ReceiptText text={text} /> : null}
      <dl className="facts">
        <dt>{words.label}</dt>
        <dd>{label}</dd>
        <dt>{words.account}</dt>
        <dd>{account?.name}</dd>
        <dt>{words.old}</dt>
        <dd>
          {oldTail === undefined ? '' : <span className="mono">{oldTail}, </span>}
          {rotationText.fate(rotation, { old })}
        </dd>
        {replacement === undefined ? null : (
          <>
            <dt>{words.new}</dt>
            <dd>
              <span className="mono">{replacement.tail}</span>
              {replacement.expiresAt === undefined ? '' : `, until ${dayWithYear(replacement.expiresAt)}`}
            </dd>
          </>
        )}
        <dt>{words.began}</dt>
        <dd>{exactTime(rotation.startedAt)}</dd>
        {dueAt === undefined ? null : (
          <>
            <dt>{words.due}</dt>
            <dd>{dayAndTime(dueAt)}</dd>
          </>
        )}
        {receipt?.retire === undefined ? null : (
          <>
            <dt>{words.retired}</dt>
            <dd>{dayAndTime(receipt.retire.doneAt)}</dd>
          </>
        )}
        {receipt?.overlapMs === undefined ? null : (
          <>
            <dt>{words.overlap}</dt>
            <dd>{rotationText.overlap(rotation, receipt.overlapMs)}</dd>
          </>
        )}
        {proofsOf(rotation).length === 0 ? null : (
          <>
            <dt>{words.proofs}</dt>
            <dd>{proofsSaid(rotation)}</dd>
          </>
        )}
      </dl>
      {isProvedAtBothEnds(rotation) ? (
        <p className="state ok proved">
          <Icon name="done" small />
          {provedBoth}
        </p>
      ) : null}
    </section>
  );
}

/** To be copied by hand; it has the focus, which the button had that is gone. */
function ReceiptText({ text }: { text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <label className="receipt-text">
      <span className="t2">{rotationText.cannotCopy}</span>
      <textarea ref={field} readOnly value={text} />
    </label>
  );
}

/** A receipt is no secret: it may go through the page and stay on the clipboard. */
function CopyReceipt({ text, onRefused }: { text: string; onRefused: () => void }) {
  const textCopied = useRondo((state) => state.textCopied);
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    if ((await textCopied(text)) === undefined) setCopied(true);
    else onRefused();
  }
  return (
    <span>
      <button type="button" className="link" onClick={() => void copy()}>
        {rotationText.copyReceipt}
      </button>
      <span role="status" className="t3">
        {isCopied ? ` ${rotationText.copied}` : ''}
      </span>
    </span>
  );
}
