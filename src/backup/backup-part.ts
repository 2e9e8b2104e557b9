import type { LogReport } from '../proofs/verification/verify-log.js';
import type { PartName } from './manifest.js';

/** What was found in a file. */
export interface Findings {
  /** Sentences about 'it', without their full stops. */
  readonly problems: readonly string[];
  /** Of a log. */
  readonly log?: LogReport;
}

/** Called now and then with the number of events that were verified, and with how many there are. */
export type OnVerified = (events: number, of: number) => void;

/** A file of an installation that a backup can hold. */
export interface Part {
  readonly name: PartName;
  /** Where the installation has it. */
  readonly path: string;
  /** Who may read it once it is restored. */
  readonly mode: number;
  /** Copies it as it is at one moment, whoever writes to it, into a new file that is on the disk afterwards. */
  readonly copy: (to: string) => void;
  readonly verify: (file: string, onVerified: (events: number) => void) => Promise<Findings>;
}
