import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { instanceAddress } from './instance-address.ts';

/** What a second start tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

export interface InstanceLock {
  release(): void;
}

/**
 * One instance for one `userData`: whoever listens on a socket that is named after it. A lock file would survive its
 * owner; a socket answers only while somebody lives. Electron's call is synchronous, and so is this: listening on a
 * path is, and asking whether the other lives is left to a short process of its own.
 * @returns undefined when another instance has it; that one has been told
 */
export function takeInstanceLock(
  userData: string,
  own: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): InstanceLock | undefined {
  const path = instanceAddress(userData, process.env);
  const asking = new Set<Socket>();
  const server = createServer((socket) => {
    asking.add(socket);
    socket.once('close', () => asking.delete(socket));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      const second = parseSecond(text);
      if (second === undefined) return void socket.destroy();
      onSecond(second);
      // Told only now: whoever asks may leave.
      socket.end('heard\n');
    });
    socket.on('error', () => {});
  });
  if (listen(server, path)) return locked(server, asking);
  if (tell(path, own)) return undefined;
  // Left behind by an instance that was killed.
  rmSync(path, { force: true });
  return listen(server, path) ? locked(server, asking) : undefined;
}

/** Undefined: whatever wrote this is no second start of ours. */
function parseSecond(text: string): SecondInstance | undefined {
  try {
    const { argv, workingDirectory, additionalData } = Object(JSON.parse(text));
    const isOurs = Array.isArray(argv) && argv.every((word) => typeof word === 'string');
    return isOurs && typeof workingDirectory === 'string' ? { argv, workingDirectory, additionalData } : undefined;
  } catch {
    return undefined;
  }
}

function locked(server: Server, asking: ReadonlySet<Socket>): InstanceLock {
  server.unref();
  return {
    release() {
      server.close();
      // Whoever is not heard yet takes the place himself.
      for (const socket of asking) socket.destroy();
    },
  };
}

function listen(server: Server, path: string): boolean {
  server.on('error', () => {});
  server.listen(path);
  return server.listening;
}

const teller = `
const socket = require('node:net').connect(process.argv[1]);
socket.on('connect', () => socket.write(process.argv[2] + '\\n'));
socket.on('data', () => process.exit(0));
socket.on('error', () => {});
socket.on('close', () => process.exit(1));
`;

/** As long as a busy first instance may take to answer; after that it counts as gone. */
const answerMs = 5000;

function tell(path: string, own: SecondInstance): boolean {
  const { status } = spawnSync(process.execPath, ['-e', teller, path, JSON.stringify(own)], { timeout: answerMs });
  return status === 0;
}
