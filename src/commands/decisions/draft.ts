import type { Candidate } from '../candidate.js';

/** An event that a command asks for, and which field of the command's input each field of the event's data comes from. */
export interface Draft {
  readonly event: Candidate;
  /** Fields that are called the same in both are left out. */
  readonly fields: Readonly<Record<string, string>>;
}

export const draft = (event: Candidate, fields: Readonly<Record<string, string>> = {}): Draft => ({ event, fields });
