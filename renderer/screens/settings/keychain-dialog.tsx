import { useRondo } from '../../state/use-rondo.tsx';
import { keychainText as words } from '../../text/keychain.ts';
import { PasswordDialog } from './password-dialog.tsx';

export function KeychainDialog({ act }: { act: 'on' | 'off' }) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const turned = useRondo((state) => (act === 'on' ? state.keychainTurnedOn : state.keychainTurnedOff));

  const shown = (password: Uint8Array) =>
    dialogActed(() => turned(password), { title: words.done[act], text: words.doneAbout, when: 'always' });

  return (
    <PasswordDialog
      title={words.title[act]}
      about={words.about[act]}
      words={words}
      act={{ label: words.act[act], asking: words.asking[act], look: act === 'on' ? 'primary' : 'danger-fill' }}
      onPassword={shown}
      onClose={closed}
    />
  );
}
