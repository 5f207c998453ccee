import type { RondoEvent } from '../../shared/contract/contract.ts';
import { type PortClient } from '../core-process/port-client.ts';
export interface CoreSupervisor {
    /** The core that is there now, always a living one: when one ends, a fresh locked one takes its place. */
    current(): PortClient;
    /** Ends the process that holds the keys; resolves when the system has taken its memory and a fresh one stands ready. */
    replace(): Promise<void>;
    /** Ends it for good. */
    end(): Promise<void>;
}
export interface CoreSupervisorOptions {
    readonly corePath: string;
    readonly vaultDir: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly onEvent: (event: RondoEvent) => void;
    /** A core ended although nobody asked it to. */
    readonly onUnexpectedEnd: () => void;
}
export declare function superviseCore(options: CoreSupervisorOptions): CoreSupervisor;
