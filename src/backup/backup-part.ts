import type { LogReport } from '../proofs/verification/verify-log.js';
import type { PartName } from './manifest.js';

/** The result of verifying a file. */
export interface PartVerification {
  /** Sentences about 'it', without their full stops. */
  readonly problems: readonly string[];
  /** For the part that is a log. */
  readonly log?: LogReport;
}

/** Called now and then with the number of verified events and the number of all events. */
export type OnVerified = (events: number, total: number) => void;

/** A file of an installation that a backup can hold. */
export interface BackupPart {
  readonly name: PartName;
  /** Where the installation has the file. */
  readonly path: string;
  /** The mode of the restored file. */
  readonly mode: number;
  /**
   * Copies the file into a new file, which is on the disk when this returns. The copy is the state of one moment, even while
   * others write to the file.
   */
  readonly copy: (to: string) => void;
  readonly verify: (file: string, onVerified: (events: number) => void) => Promise<PartVerification>;
}
