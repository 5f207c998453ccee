import { useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { Icon } from '../../parts/icon.tsx';
import { useArrival } from '../../parts/use-arrival.ts';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import type { Place } from '../../state/place.ts';
import { rotationAt } from '../../state/rotation.ts';
import { actsOn } from '../../state/rotation-acts.ts';
import { tokenById } from '../../state/tokens.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';
import { Attention } from './attention.tsx';
import { ByHand } from './by-hand.tsx';
import { GiveUpDialog } from './give-up.tsx';
import { LateTokens } from './late-tokens.tsx';
import { NotInVault } from './not-in-vault.tsx';
import { OverlapPicture } from './overlap.tsx';
import { RotationPane } from './pane.tsx';
import { RotationMark } from './rotation-mark.tsx';
import { Steps } from './steps.tsx';

interface RotationScreenProps {
  readonly place: Extract<Place, { at: 'rotation' }>;
  readonly inventory: Inventory;
}

export function RotationScreen({ place, inventory }: RotationScreenProps) {
  const rotations = useRondo((state) => state.rotations);
  const beginning = useRondo((state) => state.beginningOf);
  const rotation = rotationAt(rotations, place);
  const old = tokenById(inventory.tokens, place.token);
  const isBeginning = beginning?.token === place.token && place.rotation === undefined;
  // An earlier one that has failed is not the one that was asked for just now.
  if (isBeginning && rotation?.id === beginning.before) {
    return (
      <div className="page">
        <BackButton />
        <h1>{rotationText.title(old?.label ?? '', 'planned')}</h1>
        <p className="t2">{rotationText.begins}</p>
      </div>
    );
  }
  if (rotation === undefined) return <NotInVault sentence={rotationText.missing} />;
  // Another rotation of the same token has a value of its own.
  return <OneRotation key={rotation.id} rotation={rotation} inventory={inventory} />;
}

function OneRotation({ rotation, inventory }: { rotation: Rotation; inventory: Inventory }) {
  const now = useNow(isOpenRotation(rotation) ? 250 : 60_000);
  const resumePressed = useRondo((state) => state.resumePressed);
  const [isGivingUp, setGivingUp] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading);
  const { guide } = rotation;
  const { resumes, givesUp } = actsOn(rotation);
  useFocusKept(heading, guide?.act);
  // Given up, it has no button for that any more.
  useFocusKept(heading, isGivingUp || isOpenRotation(rotation));
  // The button goes with what it mends.
  function resumed() {
    heading.current?.focus();
    void resumePressed([rotation.id]);
  }
  const old = tokenById(inventory.tokens, rotation.token);
  const replacement = tokenById(inventory.tokens, rotation.replacement);
  const label = old?.label ?? rotation.token.slice(0, 6);
  return (
    <div className="split">
      <div className="col page rotation">
        <div className="row-between">
          <BackButton />
          <RotationMark rotation={rotation} />
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {rotationText.title(label, rotation.state)}
        </h1>
        <p className="t2" role="status">
          {rotationText.says(rotation, { old, fresh: replacement })}
        </p>
        <Attention rotation={rotation} token={old} onResume={resumed} onGiveUp={() => setGivingUp(true)} />
        <LateTokens rotation={rotation} tokens={inventory.tokens} />
        <OverlapPicture
          rotation={rotation}
          now={now}
          oldTail={rotation.receipt?.old.tail ?? old?.tail}
          newTail={replacement?.tail}
          known={{ old, fresh: replacement }}
        />
        <Steps rotation={rotation} now={now}>
          {guide === undefined || old === undefined ? null : (
            <ByHand
              key={guide.act}
              rotation={rotation}
              guide={guide}
              token={old}
              {...(rotation.error === undefined ? { onGiveUp: () => setGivingUp(true) } : {})}
            />
          )}
        </Steps>
      </div>
      {isGivingUp ? <GiveUpDialog rotation={rotation} label={label} onClose={() => setGivingUp(false)} /> : null}
      <RotationPane
        rotation={rotation}
        inventory={inventory}
        label={label}
        {...(givesUp && !resumes ? { onGiveUp: () => setGivingUp(true) } : {})}
      />
    </div>
  );
}

function BackButton() {
  const wentBack = useRondo((state) => state.wentBack);
  const went = useRondo((state) => state.went);
  const hasTrail = useRondo((state) => state.trail.length > 0);
  return (
    <button type="button" className="back" onClick={() => (hasTrail ? wentBack() : went({ at: 'rotations' }))}>
      <Icon name="back" small />
      {rotationText.back}
      <kbd aria-hidden>Esc</kbd>
    </button>
  );
}
