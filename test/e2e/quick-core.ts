// In place of main/core-process/main.ts where a test is about anything but the password: derives from one in a hundredth
// of the time, so that two cores do not spend a third of all the tests on Argon2id.
import { serveCore } from '../../main/core-process/serve-core.ts';
import { cheapKdf } from '../support/core-pieces.ts';

serveCore({
  deriveKeyWorkerUrl: new URL('../window/derive-key-worker.mjs', import.meta.url),
  creationKdf: cheapKdf,
});
