import { useState } from 'react';
import type { ErrorCode } from '../../../shared/contract/error-codes.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { Button } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { rotationText } from '../../text/rotation.ts';

/** Where CircleCI let Rondo not do it, a person can still do it on CircleCI's own page. */
export const refusals: ReadonlySet<ErrorCode> = new Set(['unauthorized', 'forbidden', 'refused', 'unsupported']);

export function OpenPage({ token }: { token: Token }) {
  const pageAsked = useRondo((state) => state.pageAsked);
  const [said, setSaid] = useState('');
  async function open() {
    const page = token.kind === 'personal' ? 'personal-tokens' : 'project-tokens';
    const failed = await pageAsked(page, token.account, token.project);
    setSaid(failed?.message ?? rotationText.openedPage);
  }
  return (
    <>
      <Button icon="open" onClick={() => void open()}>
        {rotationText.openPage}
      </Button>
      <span role="status" className="t2">
        {said}
      </span>
    </>
  );
}
