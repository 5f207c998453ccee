import { createContext } from 'react';

/** What a form was asked for is being done: its fields show what was sent, and take nothing more. */
export const BusyForm = createContext(false);
