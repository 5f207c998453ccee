import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';

/** SECURITY: the page's policy refuses style elements; without them Base UI relies on our own style sheet. */
export function NoInlineStyles({ children }: { children: ReactNode }) {
  return <CSPProvider disableStyleElements>{children}</CSPProvider>;
}
