// The entry of the utility process that holds the vault. It is started locked, serves one port, and ends with it: when
// the vault is locked, this process is ended too, and the system takes its memory with every key and value in it.
import { serveCore } from './serve-core.ts';

serveCore({ deriveKeyWorkerUrl: new URL('./derive-key-worker.mjs', import.meta.url) });
