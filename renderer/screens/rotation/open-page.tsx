import { useState } from 'react';
import type { Token } from '../../../shared/contract/token.ts';
import { Button, type ButtonLook } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';

interface OpenPageProps {
  readonly token: Pick<Token, 'account' | 'project'>;
  readonly look?: ButtonLook;
  readonly onOpened?: () => void;
}

/** Main knows the addresses: the page only names the one that it wants. */
export function OpenPage({ token, look, onOpened }: OpenPageProps) {
  const pageAsked = useRondo((state) => state.pageAsked);
  const [said, setSaid] = useState('');
  async function open() {
    const failed = await pageAsked(token);
    setSaid(failed?.message ?? rotationText.openedPage);
    if (failed === undefined) onOpened?.();
  }
  return (
    <>
      <Button {...(look === undefined ? {} : { look })} icon="open" onClick={() => void open()}>
        {rotationText.openPage}
      </Button>
      <span role="status" className="t2">
        {said}
      </span>
    </>
  );
}
