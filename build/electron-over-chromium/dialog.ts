import { named } from './unimplemented.ts';

/** No box: whatever runs on this was started in a terminal, which is where Electron writes as well while it has no windows. */
export const dialog = named('dialog', {
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },
});
