import { processPort } from '../../main/core-process/port.ts';
import { servePort } from '../../main/core-process/port-server.ts';
import { createTransportCore } from './transport-core.ts';

servePort(processPort(process), createTransportCore());
