import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { VerifierKey } from '../notes/note-key.js';
import { openNote } from '../notes/signed-note.js';
import { parseCheckpoint } from '../notes/tlog-checkpoint.js';
import type { SignedTreeHead } from '../verification/tree-verifier.js';
import type { CheckpointFiles } from './checkpoint-files.js';
import { readLogCheckpoints, sourceInLog, type CheckpointNote } from './log-checkpoints.js';

/** Every size and root of a log that was signed and is known here. */
export interface SignedTreeHeads {
  readonly treeHeads: readonly SignedTreeHead[];
  /** What is wrong with checkpoints, in sentences: a signature of another key, the name of another log. */
  readonly problems: readonly string[];
}

export interface SignedTreeHeadSources {
  readonly log: Pick<EventStore, 'checkpoints'>;
  readonly checkpointFiles: CheckpointFiles;
  readonly origin: string;
  readonly verifiers: readonly VerifierKey[];
}

/** The tree heads of all checkpoints in the log and in files, with their signatures verified. */
export async function readSignedTreeHeads(sources: SignedTreeHeadSources): Promise<SignedTreeHeads> {
  const { log, checkpointFiles, origin, verifiers } = sources;
  const treeHeads: SignedTreeHead[] = [];
  const problems: string[] = [];
  const add = ({ note, source }: CheckpointNote): void => {
    try {
      const { origin: name, size, root } = parseCheckpoint(openNote(note, verifiers).text);
      if (name === origin) treeHeads.push({ size, root });
      else problems.push(`the checkpoint in ${source} is of the log '${name}', not of '${origin}'`);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      problems.push(`the checkpoint in ${source} is not of this log's keys: ${error.message}`);
    }
  };
  for (const checkpoint of checkpointFiles.all()) add(checkpoint);
  let expectedNumber = 1;
  for (const { note, number } of await readLogCheckpoints(log)) {
    // Checkpoints of a log are numbered without a gap, and none is ever removed.
    if (number !== expectedNumber) problems.push(`checkpoints of the log before number ${number} are gone`);
    expectedNumber = number + 1;
    add({ note, source: sourceInLog(number) });
  }
  return { treeHeads, problems };
}
