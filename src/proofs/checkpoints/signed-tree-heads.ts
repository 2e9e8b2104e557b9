import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { parseCheckpoint } from '../notes/tlog-checkpoint.js';
import type { VerifierKey } from '../notes/note-key.js';
import { openNote } from '../notes/signed-note.js';
import type { Signed } from '../verification/tree-verifier.js';
import { keptCheckpoints } from './log-checkpoints.js';
import type { Outside } from './checkpoint-files.js';

/** All that was ever signed of a log and is known here. */
export interface AllSigned {
  readonly signed: readonly Signed[];
  /** What is wrong with checkpoints, in sentences: a signature that is not of our keys, another log's name. */
  readonly problems: readonly string[];
}

export interface SignedSources {
  readonly log: Pick<EventStore, 'checkpoints'>;
  readonly outside: Outside;
  readonly origin: string;
  readonly verifiers: readonly VerifierKey[];
}

/** The checkpoints that are kept in the log and outside of it, with their signatures verified. */
export async function allSigned({ log, outside, origin, verifiers }: SignedSources): Promise<AllSigned> {
  const signed: Signed[] = [];
  const problems: string[] = [];
  const take = (note: string, where: string): void => {
    try {
      const { origin: name, size, root } = parseCheckpoint(openNote(note, verifiers).text);
      if (name === origin) signed.push({ size, root });
      else problems.push(`the checkpoint in ${where} is of the log '${name}', not of '${origin}'`);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      problems.push(`the checkpoint in ${where} is not of this log's keys: ${error.message}`);
    }
  };
  for (const { note, where } of outside.all()) take(note, where);
  let expected = 1;
  for (const { note, number } of await keptCheckpoints(log)) {
    // They are numbered without a gap, and none is ever removed.
    if (number !== expected) problems.push(`checkpoints of the log before number ${number} are gone`);
    expected = number + 1;
    take(note, `the log, its checkpoint number ${number}`);
  }
  return { signed, problems };
}
