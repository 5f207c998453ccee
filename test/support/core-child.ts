import { processPort } from '../../main/core-process/port.ts';
import { servePort } from '../../main/core-process/port-server.ts';
import { createTestCore } from './core-in-folder.ts';

// The vault's folder is the only argument.
servePort(processPort(process), createTestCore(process.argv[2] ?? ''));
