// The second process of the empty app: sends back what it gets.
import { type ParentPort, parentPort } from '../../../main/core-process/port.ts';

const port = parentPort((process as NodeJS.Process & { readonly parentPort: ParentPort }).parentPort);
port.onMessage((message) => port.post(Object(message)));
