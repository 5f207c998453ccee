import { useRef, useState } from 'react';
import { certificatesIn, longestAuthorityPem } from '../../../shared/authority-pem.ts';
import { wouldHelp } from '../../../shared/contract/remedies.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { connectText } from '../../text/door.ts';

/** The field for a host's own certificate authority: folded away until somebody asks for it, or a failure does. */
export function useAuthority(pemBefore = '', failureBefore?: Failure) {
  const [pem, setPem] = useState(pemBefore);
  const [isUnfolded, setUnfolded] = useState(failureBefore !== undefined);
  const [problem, setProblem] = useState(failureBefore === undefined ? undefined : problemOf(failureBefore));
  const field = useRef<HTMLTextAreaElement>(null);
  useFocusKept(field, isUnfolded);

  function wrong(words: string): 'wrong' {
    setProblem(words);
    field.current?.focus();
    return 'wrong';
  }

  return {
    pem,
    isUnfolded,
    problem,
    field,
    typed(text: string): void {
      setPem(text);
      setProblem(undefined);
    },
    unfold: () => setUnfolded(true),
    /** What goes with the host's address; what is wrong is said at the field. */
    taken(): { readonly caPem?: string } | 'wrong' {
      if (!isUnfolded || pem.trim() === '') return {};
      const caPem = certificatesIn(pem);
      if (caPem === '') return wrong(connectText.authorityWrong);
      return caPem.length > longestAuthorityPem ? wrong(connectText.authorityLong) : { caPem };
    },
    /** What CircleCI was not asked, or not trusted, for. Answers what is left for the dialog to say. */
    failed(failure: Failure | undefined): Failure | undefined {
      if (failure === undefined || !wouldHelp('account.authority', failure)) return failure;
      setUnfolded(true);
      const words = problemOf(failure);
      if (words === undefined) return failure;
      wrong(words);
      return undefined;
    },
  };
}

/** A certificate that nobody can read, as the core found: about this field, and nothing else. */
function problemOf({ code, message, hint }: Failure): string | undefined {
  return code === 'invalid-input' ? [message, hint].join(' ') : undefined;
}
