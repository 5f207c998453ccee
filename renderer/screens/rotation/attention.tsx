import { leftToPerson } from '../../../shared/contract/error-codes.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { actsOn } from '../../state/rotation-acts.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { daysInWords } from '../../text/dates.ts';
import { rotationText } from '../../text/rotation.ts';
import { OpenPage } from './open-page.tsx';
import { mayBeRotatedAgain } from './planned.ts';

interface AttentionProps {
  readonly rotation: Rotation;
  readonly token: Token | undefined;
  readonly onResume: () => void;
  readonly onGiveUp: () => void;
}

/**
 * What went wrong, and what the person does next where the rotation does not go on by itself; what its step asks for stands in
 * the step, and giving up what merely waits at the foot of the pane. Nothing where it does.
 */
export function Attention({ rotation, token, onResume, onGiveUp }: AttentionProps) {
  const { error } = rotation;
  const isOpen = isOpenRotation(rotation);
  const { resumes, givesUp } = actsOn(rotation);
  const again = useRondo(({ rotations }) =>
    token !== undefined && !isOpen && mayBeRotatedAgain(rotation, rotations, token) ? token : undefined,
  );
  const isResuming = useRondo(({ resuming }) => resuming.has(rotation.id));
  const hasActs = resumes || again !== undefined;
  if (error === undefined && !hasActs) return null;
  const resume = (
    <Button look={error === undefined ? 'plain' : 'primary'} icon="rotate" busy={isResuming} onClick={onResume}>
      {rotationText.resume(rotation)}
    </Button>
  );
  return (
    <div className="attention">
      {error === undefined ? null : (
        <Note tone={rotation.state === 'failed' ? 'danger' : 'warn'} title={daysInWords(error.message)} live>
          {error.hint}
        </Note>
      )}
      {hasActs ? (
        <div className="choice">
          {resumes ? resume : null}
          {again === undefined ? null : <Again rotation={rotation} token={again} />}
          {token !== undefined && isOpen && isLeft(rotation) ? <OpenPage token={token} /> : null}
          {givesUp ? (
            <Button look="quiet" onClick={onGiveUp}>
              {rotationText.giveUp}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** Where CircleCI refused Rondo, it would refuse the same once more: something else comes first there. */
function Again({ rotation, token }: { rotation: Rotation; token: Token }) {
  const went = useRondo((state) => state.went);
  const rotatePressed = useRondo((state) => state.rotatePressed);
  const isRefused = isLeft(rotation);
  // It did not get further than the account's own sign-in, which no hand on a page of tokens mends.
  const isSignedOut = rotation.error?.code === 'unauthorized' && rotation.steps[0]?.state === 'failed';
  return (
    <>
      {isSignedOut ? (
        <Button look="primary" icon="settings" onClick={() => went({ at: 'settings' })}>
          {rotationText.toAccounts}
        </Button>
      ) : isRefused ? (
        <Button look="primary" icon="waits" onClick={() => rotatePressed([token.id], { byHand: true })}>
          {rotationText.byHand}
        </Button>
      ) : null}
      <Button
        look={isRefused || rotation.state === 'abandoned' ? 'plain' : 'primary'}
        icon="rotate"
        onClick={() => rotatePressed([token.id])}
      >
        {rotationText.again}
      </Button>
    </>
  );
}

/** CircleCI let Rondo not do it, and its step offers no more than the page. */
function isLeft({ error, guide }: Rotation): boolean {
  return error !== undefined && leftToPerson.has(error.code) && guide === undefined;
}
