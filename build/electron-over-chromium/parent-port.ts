import { registerHooks } from 'node:module';
import { unwrap, wrap } from './channel-message.ts';
import { NamedEmitter, notImplemented } from './unimplemented.ts';

/*
 * Runs in a utility process before its module: gives it Electron's `process.parentPort`, and ends it with its parent.
 */

class ParentPort extends NamedEmitter {
  constructor() {
    super(['message']);
  }

  postMessage(message: unknown): void {
    process.send?.(wrap(message));
  }
}

const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });

// What comes before anybody listens waits: Electron's port starts with its first listener.
const early: unknown[] = [];
const tell = (data: unknown) => parentPort.emit('message', { data, ports: [] });
process.on('message', (message) => {
  if (parentPort.listenerCount('message') === 0) early.push(unwrap(message));
  else tell(unwrap(message));
});
parentPort.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => early.splice(0).forEach(tell));
});
process.on('disconnect', () => process.exit(0));

registerHooks({
  resolve(specifier, context, next) {
    if (/^electron(\/|$)/.test(specifier)) throw notImplemented('electron in a utility process');
    return next(specifier, context);
  },
});
