import { useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { beginText } from '../../text/door.ts';
import { frameText } from '../../text/frame.ts';
import { Messages } from '../frame/messages.tsx';
import { cloudHost } from './cloud-host.ts';
import { Welcome } from './first-run.tsx';

export function Begin({ inventory }: { inventory: Inventory }) {
  const opened = useRondo((state) => state.opened);
  const signInPressed = useRondo((state) => state.signInPressed);
  const sandboxOpened = useRondo((state) => state.sandboxOpened);
  const beginningSkipped = useRondo((state) => state.beginningSkipped);
  const sync = useRondo((state) => state.sync);
  const [isOpening, setOpening] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  async function openSandbox() {
    setOpening(true);
    setFailure(await sandboxOpened());
    setOpening(false);
  }

  return (
    <Welcome>
      <Messages inventory={inventory} />
      <h2>{beginText.title}</h2>
      <section className="ways">
        <div className="way">
          <Icon name="signIn" />
          <h3>{beginText.signIn.title}</h3>
          <p>{beginText.signIn.about}</p>
          <Button look="primary" large autoFocus onClick={() => signInPressed({ host: cloudHost })}>
            {beginText.signIn.act}
          </Button>
        </div>
        <div className="way">
          <Icon name="paste" />
          <h3>{beginText.paste.title}</h3>
          <p>{beginText.paste.about}</p>
          <Button large onClick={() => opened({ open: 'connect' })}>
            {beginText.paste.act}
          </Button>
        </div>
        <div className="way">
          <Icon name="sandbox" />
          <h3>{beginText.sandbox.title}</h3>
          <p>{beginText.sandbox.about}</p>
          <Button large onClick={() => void openSandbox()} busy={isOpening}>
            {isOpening
              ? sync.is === 'running'
                ? frameText.syncing(sync.done, sync.total)
                : beginText.sandbox.opening
              : beginText.sandbox.act}
          </Button>
        </div>
      </section>
      <FailureNote failure={failure} />
      <p className="assure">
        <Icon name="lock" small />
        <span>
          {beginText.vault}{' '}
          <button type="button" className="link" onClick={beginningSkipped}>
            {beginText.skip}
          </button>
        </span>
      </p>
    </Welcome>
  );
}
