import type { App, Session } from 'electron';
/** SECURITY: for every page that will ever exist in this process, before its first byte. */
export declare function guardPages(app: App, session: Session): void;
