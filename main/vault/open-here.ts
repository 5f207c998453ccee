// Which files this process has open through SQLite.
//
// The system drops all locks that a process has on a file when it closes any descriptor of it (POSIX, fcntl), SQLite's as
// well; another process could then replace the vault under an open one. So of these files nothing is read past SQLite.
import { fileIdentity } from '../platform/files.ts';

const connections = new Map<string, number>();

/** @returns what is called once, when the connection is closed */
export function openedHere(identity: string): () => void {
  connections.set(identity, (connections.get(identity) ?? 0) + 1);
  return () => {
    const left = (connections.get(identity) ?? 0) - 1;
    if (left > 0) connections.set(identity, left);
    else connections.delete(identity);
  };
}

export function isOpenHere(path: string): boolean {
  const identity = fileIdentity(path);
  return identity !== undefined && connections.has(identity);
}
