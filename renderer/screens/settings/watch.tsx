import { useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { isSlug } from '../../../shared/is-slug.ts';
import { SelectField, TextField } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { FailureNote } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { watchText } from '../../text/acts.ts';

export function Watch({ inventory }: { inventory: Inventory }) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const projectsAdded = useRondo((state) => state.projectsAdded);
  const [account, setAccount] = useState(inventory.accounts[0]?.id ?? '');
  const [slug, setSlug] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const field = useRef<HTMLInputElement>(null);

  async function submitted() {
    if (isAsking) return;
    // As it is copied from the address of its page.
    const added = slug.trim().replace(/\/+$/, '');
    if (!isSlug(added)) return setProblem(watchText.wrong);
    setProblem(undefined);
    setAsking(true);
    setFailure(
      await dialogActed(() => projectsAdded([added], account), { title: watchText.done(added), when: 'closed' }),
    );
    setAsking(false);
  }

  return (
    <FormDialog
      small
      title={watchText.title}
      about={watchText.about}
      first={field}
      safe={watchText.cancel}
      act={{ label: isAsking ? watchText.asking : watchText.act, busy: isAsking }}
      onSubmit={submitted}
      onClose={closed}
    >
      <SelectField
        label={watchText.account}
        icon="account"
        value={account}
        onChange={setAccount}
        choices={inventory.accounts.map(({ id, name, login }) => ({ value: id, label: name, about: login }))}
      />
      <TextField
        label={watchText.slug}
        value={slug}
        onChange={setSlug}
        placeholder={watchText.slugHint}
        about={watchText.slugAbout}
        ref={field}
        mono
        {...(problem === undefined ? {} : { error: problem })}
      />
      <FailureNote failure={failure} />
    </FormDialog>
  );
}
