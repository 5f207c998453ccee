import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Mark } from '../../parts/mark.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { hasFitBackup } from '../../state/backups.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { firstRunText } from '../../text/door.ts';
import { OtherVault } from '../frame/other-vault.tsx';
import { RestoreWayOn } from './damaged.tsx';
import { Idea } from './idea.tsx';
import { strengthOf } from './strength.ts';
import { StrengthMeter } from './strength-meter.tsx';

export function FirstRun({ path }: { path: string }) {
  const backups = useRondo((state) => state.backups);
  const backupsAsked = useRondo((state) => state.backupsAsked);
  useEffect(() => {
    void backupsAsked();
  }, [backupsAsked]);
  const isLost = hasFitBackup(backups);
  return (
    <Welcome>
      {backups.is === 'failed' ? (
        <div className="narrowly lost">
          <FailureNote failure={backups.failure} />
        </div>
      ) : null}
      {isLost ? (
        <div className="narrowly lost">
          <Note tone="warn" title={firstRunText.lost}>
            {firstRunText.lostAbout}
          </Note>
          <RestoreWayOn newest="primary" />
        </div>
      ) : null}
      <ChoosePassword path={path} isLost={isLost} />
    </Welcome>
  );
}

/** The left half says what Rondo is; the right half is the step at hand. */
export function Welcome({ children }: { children: React.ReactNode }) {
  return (
    <div className="door">
      <header className="titlebar bare" />
      <main className="two" tabIndex={-1}>
        <div className="l">
          <Mark />
          <h1>{firstRunText.headline}</h1>
          <p>{firstRunText.about}</p>
          <Idea />
        </div>
        <div className="rr">{children}</div>
      </main>
    </div>
  );
}

/** `isLost`: there was a vault here, so that this one is another. */
function ChoosePassword({ path, isLost }: { path: string; isLost: boolean }) {
  const passwordChosen = useRondo((state) => state.passwordChosen);
  const isDeriving = useRondo((state) => state.entry.at === 'deriving');
  const password = useRef<SecretHandle>(null);
  const again = useRef<SecretHandle>(null);
  const [strength, setStrength] = useState(() => strengthOf(''));
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();

  async function submitted(event: FormEvent) {
    event.preventDefault();
    const first = password.current?.take() ?? new Uint8Array();
    const second = again.current?.take() ?? new Uint8Array();
    const isSame = first.length === second.length && first.every((byte, index) => byte === second[index]);
    second.fill(0);
    if (first.length === 0 || !isSame) {
      first.fill(0);
      setProblem(isSame ? firstRunText.empty : firstRunText.different);
      password.current?.focus();
      return;
    }
    setProblem(undefined);
    setFailure(await passwordChosen(first));
  }

  const words = { show: firstRunText.show, hide: firstRunText.hide };
  return (
    <form className="stack narrowly" onSubmit={(event) => void submitted(event)}>
      <OtherVault />
      <div>
        <h2>{isLost ? firstRunText.passwordTitleLost : firstRunText.passwordTitle}</h2>
        <p className="t2 lead">{firstRunText.passwordAbout}</p>
      </div>
      <div>
        <SecretField
          ref={password}
          label={firstRunText.password}
          words={words}
          autoComplete="new-password"
          onLook={(text) => setStrength(strengthOf(text))}
          {...(problem === undefined ? {} : { error: problem })}
          autoFocus
        />
        <StrengthMeter strength={strength} />
      </div>
      <SecretField ref={again} label={firstRunText.again} words={words} autoComplete="new-password" />
      <FailureNote failure={failure} />
      <div>
        <Button look={isLost ? 'plain' : 'primary'} large type="submit" busy={isDeriving} keys="Enter">
          {isDeriving ? firstRunText.creating : firstRunText.create}
        </Button>
      </div>
      <p className="assure">
        <Icon name="lock" small />
        <span>
          {firstRunText.path}
          <br />
          <span className="mono wrap">{path}</span>
        </span>
      </p>
    </form>
  );
}
