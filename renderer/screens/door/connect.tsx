import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { OptionList, TextField } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { connectText } from '../../text/door.ts';
import { cloudHost } from './cloud-host.ts';

export function Connect() {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const accountPasted = useRondo((state) => state.accountPasted);
  const signInPressed = useRondo((state) => state.signInPressed);
  const [where, setWhere] = useState<'cloud' | 'server'>('cloud');
  const [host, setHost] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'hint'>>();
  const token = useRef<SecretHandle>(null);

  const isHostMissing = where === 'server' && host.trim() === '';
  const wantedHost = where === 'cloud' ? cloudHost : host.trim();

  function byBrowser() {
    if (isHostMissing) return setFailure({ message: connectText.missingHost });
    // Whatever was pasted meanwhile is not wanted any more.
    token.current?.take().fill(0);
    signInPressed({ host: wantedHost });
  }

  async function submitted() {
    if (isAsking) return;
    if (isHostMissing) return setFailure({ message: connectText.missingHost });
    const value = token.current?.take() ?? new Uint8Array();
    if (value.length === 0) return setFailure({ message: connectText.missing });
    setAsking(true);
    setFailure(
      await dialogActed(() => accountPasted(wantedHost, value), {
        title: connectText.done(wantedHost),
        when: 'closed',
      }),
    );
    setAsking(false);
  }

  return (
    <FormDialog
      small
      title={connectText.title}
      about={connectText.about}
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
          mono
        />
      ) : null}
      <SecretField
        ref={token}
        label={connectText.token}
        about={connectText.tokenAbout}
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
