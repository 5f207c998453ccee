import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { OptionList, TextField } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { TextAreaField } from '../../parts/text-area-field.tsx';
import type { WantedHost } from '../../state/accounts.ts';
import type { Overlay } from '../../state/place.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { connectText } from '../../text/door.ts';
import { cloudHost } from './cloud-host.ts';
import { useAuthority } from './use-authority.ts';

interface ConnectProps {
  readonly untrusted: Extract<Overlay, { open: 'connect' }>['untrusted'];
}

export function Connect({ untrusted }: ConnectProps) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const accountPasted = useRondo((state) => state.accountPasted);
  const signInPressed = useRondo((state) => state.signInPressed);
  const isServer = untrusted !== undefined && untrusted.host !== cloudHost;
  const [where, setWhere] = useState<'cloud' | 'server'>(isServer ? 'server' : 'cloud');
  const [host, setHost] = useState(isServer ? untrusted.host : '');
  const [isAsking, setAsking] = useState(false);
  const [isSpent, setSpent] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'hint'>>();
  const authority = useAuthority(untrusted?.caPem, untrusted?.failure);
  const token = useRef<SecretHandle>(null);

  /** Undefined: what is missing or wrong was said. */
  function wantedHost(): WantedHost | undefined {
    setFailure(undefined);
    const address = where === 'cloud' ? cloudHost : host.trim();
    if (address === '') return void setFailure({ message: connectText.missingHost });
    const own = authority.taken();
    return own === 'wrong' ? undefined : { host: address, ...own };
  }

  function byBrowser() {
    const wanted = wantedHost();
    if (wanted === undefined) return;
    // Whatever was pasted meanwhile is not wanted any more.
    token.current?.take().fill(0);
    signInPressed(wanted);
  }

  async function submitted() {
    if (isAsking) return;
    const wanted = wantedHost();
    if (wanted === undefined) return;
    const value = token.current?.take() ?? new Uint8Array();
    if (value.length === 0) return setFailure({ message: connectText.missing });
    setAsking(true);
    const failed = await dialogActed(() => accountPasted(wanted, value), {
      title: connectText.done(wanted.host),
      when: 'closed',
    });
    setFailure(authority.failed(failed));
    setSpent(failed !== undefined);
    setAsking(false);
  }

  return (
    <FormDialog
      small
      title={connectText.title}
      about={connectText.about}
      // Most have a token of the cloud to paste, and Enter after it is all that is left to do.
      first={untrusted === undefined ? token : authority.field}
      safe={connectText.cancel}
      act={{ label: isAsking ? connectText.asking : connectText.act, busy: isAsking }}
      onSubmit={submitted}
      onClose={closed}
    >
      <OptionList
        label={connectText.where}
        value={where}
        onChange={setWhere}
        options={[
          { value: 'cloud', name: connectText.cloud, about: connectText.cloudAbout },
          { value: 'server', name: connectText.server, about: connectText.serverAbout },
        ]}
      />
      {where === 'server' ? (
        <TextField
          label={connectText.host}
          value={host}
          onChange={setHost}
          placeholder={connectText.hostPlaceholder}
          large
          mono
        />
      ) : null}
      {authority.isUnfolded ? (
        <TextAreaField
          ref={authority.field}
          label={connectText.authority}
          about={connectText.authorityAbout}
          placeholder="-----BEGIN CERTIFICATE-----"
          rows={4}
          value={authority.pem}
          onChange={authority.typed}
          error={authority.problem}
        />
      ) : where === 'server' ? (
        <p>
          <button type="button" className="link" onClick={authority.unfold}>
            {connectText.ownAuthority}
          </button>
        </p>
      ) : null}
      <SecretField
        ref={token}
        label={connectText.token}
        about={isSpent ? connectText.tokenAgain : connectText.tokenAbout}
        onLook={(text) => isSpent && text !== '' && setSpent(false)}
        words={{ show: connectText.show, hide: connectText.hide }}
        autoComplete="off"
      />
      <div className="other-way">
        <span className="t2">{connectText.signInAbout}</span>
        <Button icon="signIn" onClick={byBrowser} busy={isAsking}>
          {connectText.signIn}
        </Button>
      </div>
      <FailureNote failure={failure} />
    </FormDialog>
  );
}
