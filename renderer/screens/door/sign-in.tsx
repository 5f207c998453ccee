import { useRef, useState } from 'react';
import { wouldHelp } from '../../../shared/contract/remedies.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import type { SignInState } from '../../state/sign-in.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { dayWithYear } from '../../text/dates.ts';
import { signInText } from '../../text/door.ts';

type At<Is extends SignInState['is']> = Extract<SignInState, { is: Is }>;

/** Signing in with the browser, as far as it has come. One dialog throughout, so that the focus stays where it is. */
export function SignIn() {
  const signIn = useRondo((state) => state.signIn);
  const signInClosed = useRondo((state) => state.signInClosed);
  const close = useRef<HTMLButtonElement>(null);
  if (signIn.is === 'none') return null;
  return (
    <Dialog
      small
      title={titleOf(signIn)}
      first={close}
      onClose={signInClosed}
      foot={
        <>
          <span className="sp" />
          <Button ref={close} onClick={signInClosed}>
            {signInText.close[signIn.is]}
          </Button>
          {signIn.is === 'failed' ? <NextWay signIn={signIn} /> : null}
        </>
      }
    >
      <div className="stack">
        {signIn.is === 'asking' ? <p role="status">{signInText.asking(signIn.wanted.host)}</p> : null}
        {signIn.is === 'waiting' ? <Waiting /> : null}
        {signIn.is === 'failed' ? <FailureNote failure={signIn.failure} /> : null}
        {signIn.is === 'done' ? <Done signIn={signIn} /> : null}
      </div>
    </Dialog>
  );
}

function titleOf(signIn: Exclude<SignInState, { is: 'none' }>): string {
  if (signIn.is === 'done') return signInText.done(signIn.account.name);
  const { again } = signIn.wanted;
  return again === undefined ? signInText.title : signInText.again(again.name);
}

function Waiting() {
  const signInPageAsked = useRondo((state) => state.signInPageAsked);
  const signInAddressCopied = useRondo((state) => state.signInAddressCopied);
  const [failure, setFailure] = useState<Failure>();
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    const failed = await signInAddressCopied();
    setFailure(failed);
    setCopied(failed === undefined);
  }

  return (
    <>
      <Note tone="accent" icon="open" title={signInText.waitingTitle} live>
        {signInText.waiting}
      </Note>
      <p className="t2">{signInText.waitingLimit}</p>
      <div className="row-acts">
        <Button icon="open" onClick={() => void signInPageAsked().then(setFailure)}>
          {signInText.openAgain}
        </Button>
        <Button look="quiet" icon={isCopied ? 'copied' : 'copy'} onClick={() => void copy()}>
          {isCopied ? signInText.copied : signInText.copyAddress}
        </Button>
      </div>
      <FailureNote failure={failure} />
    </>
  );
}

/** A host that takes no sign-ins, or is not trusted, will not be otherwise the next time. */
function NextWay({ signIn: { wanted, failure } }: { signIn: At<'failed'> }) {
  const signInPressed = useRondo((state) => state.signInPressed);
  const signInClosed = useRondo((state) => state.signInClosed);
  const opened = useRondo((state) => state.opened);
  const isUntrusted = wouldHelp('account.authority', failure);
  if (failure.code !== 'unsupported' && !isUntrusted) {
    return (
      <Button look="primary" onClick={() => signInPressed(wanted)}>
        {signInText.tryAgain}
      </Button>
    );
  }
  return (
    <Button
      look="primary"
      onClick={() => {
        signInClosed();
        const { again: _again, ...host } = wanted;
        opened({ open: 'connect', ...(isUntrusted ? { untrusted: { ...host, failure } } : {}) });
      }}
    >
      {isUntrusted ? signInText.authority : signInText.paste}
    </Button>
  );
}

function Done({ signIn: { account, earlier } }: { signIn: At<'done'> }) {
  const until = account.browserSignIn?.expiresAt;
  return (
    <Note
      {...(earlier === 'left' ? { tone: 'warn' } : { icon: 'done' })}
      title={signInText.doneTitle(account.login)}
      live
    >
      {signInText.earlier[earlier]} {until === undefined ? '' : signInText.until(dayWithYear(until))}
    </Note>
  );
}
