import { type FormEvent, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { Guide, Rotation } from '../../../shared/contract/rotation.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { oldTokenFate } from '../../../shared/old-token-fate.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { useIsThere } from '../../parts/use-is-there.ts';
import type { Said } from '../../state/rotation.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { byHandText } from '../../text/by-hand.ts';
import { daysInWords } from '../../text/dates.ts';
import { rotationText } from '../../text/rotation.ts';
import { sentences } from '../../text/sentence.ts';
import { OpenPage } from './open-page.tsx';

interface ByHandProps {
  readonly rotation: Rotation;
  readonly guide: Guide;
  readonly token: Token;
  /** Absent: offered elsewhere on this screen. */
  readonly onGiveUp?: () => void;
}

/** What a person does on CircleCI's page, and how Rondo is told: what is said is looked at before anything goes on. */
export function ByHand({ rotation, guide, token, onGiveUp }: ByHandProps) {
  const byHandSaid = useRondo((state) => state.byHandSaid);
  const [isOpened, setOpened] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isThere = useIsThere();

  async function say(said: Said): Promise<Failure | undefined> {
    // Pressed twice is said once.
    if (isAsking) return undefined;
    setAsking(true);
    setFailure(undefined);
    const failed = await byHandSaid(rotation.id, said, () => isThere.current);
    setAsking(false);
    setFailure(failed);
    return failed;
  }

  return (
    <div className="byhand">
      <p className="strong">{daysInWords(guide.line)}</p>
      <div className="choice">
        <OpenPage token={token} look={isOpened ? 'plain' : 'primary'} onOpened={() => setOpened(true)} />
        {guide.act === 'create' ? null : (
          <Button
            look={isOpened ? 'primary' : 'plain'}
            icon="check"
            busy={isAsking}
            onClick={() => void say({ confirm: guide.act === 'delete' ? 'deleted' : 'authorized' })}
          >
            {guide.act === 'delete' && oldTokenFate(rotation) === 'unproved'
              ? byHandText.isGone
              : byHandText.confirms[guide.act]}
          </Button>
        )}
        {onGiveUp === undefined ? null : (
          <Button look="quiet" onClick={onGiveUp}>
            {rotationText.giveUp}
          </Button>
        )}
        <span role="status" className="t2">
          {isAsking ? byHandText.asking : ''}
        </span>
      </div>
      {guide.act === 'create' ? (
        <PasteForm isFirst={!isOpened} isAsking={isAsking} failure={failure} onPaste={(value) => say({ value })} />
      ) : failure === undefined ? null : (
        <FailureNote failure={failure} />
      )}
    </div>
  );
}

interface PasteFormProps {
  /** Something else comes before it. */
  readonly isFirst: boolean;
  readonly isAsking: boolean;
  readonly failure: Failure | undefined;
  readonly onPaste: (value: Uint8Array) => Promise<Failure | undefined>;
}

function PasteForm({ isFirst, isAsking, failure, onPaste }: PasteFormProps) {
  const field = useRef<SecretHandle>(null);
  const [isEmpty, setEmpty] = useState(true);
  async function pasted(event: FormEvent) {
    event.preventDefault();
    if (isEmpty || isAsking || field.current === null) return;
    // Whatever comes of it, the field is where one goes on.
    if ((await onPaste(field.current.take())) !== undefined) field.current?.focus();
  }
  return (
    <form className="paste" onSubmit={(event) => void pasted(event)}>
      <SecretField
        ref={field}
        label={byHandText.value}
        about={byHandText.valueAbout}
        {...(failure === undefined ? {} : { error: sentences(failure.message, failure.hint, byHandText.valueAgain) })}
        words={{ show: byHandText.showValue, hide: byHandText.hideValue }}
        autoComplete="off"
        onLook={(text) => setEmpty(text === '')}
      />
      <Button
        type="submit"
        look={isFirst ? 'plain' : 'primary'}
        icon="paste"
        disabled={isEmpty && !isAsking}
        busy={isAsking}
      >
        {byHandText.check}
      </Button>
    </form>
  );
}
