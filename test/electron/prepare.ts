import { prepare } from '../e2e/prepare.mjs';

/** A browser, installed where there is none, and the app: the same that the tests of the whole app need. */
export const setup = prepare;
