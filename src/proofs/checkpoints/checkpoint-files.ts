import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomicallySync, syncPath } from '../../files/durable-file.js';
import { makeDirectory } from '../../files/make-directory.js';
import type { CheckpointNote } from './log-checkpoints.js';

/** A checkpoint in a file of its own. */
export interface CheckpointFile extends CheckpointNote {
  /** The path of the file. */
  readonly file: string;
}

/**
 * The checkpoints beside the log, one file for each size and the newest once more as `latest`. A log that is put back to an
 * older state loses the checkpoints in it, and these files stay. Copies of them prove the same elsewhere.
 */
export interface CheckpointFiles {
  readonly directory: string;
  /** The file `latest` and the file of the greatest size, as far as they exist. */
  newest(): CheckpointFile[];
  all(): CheckpointFile[];
  /** Writes a checkpoint. It is on the disk when this returns. */
  write(size: number, note: string): void;
  /** Moves files to a directory of their own with the explanation beside them. Returns the path of that directory. */
  setAside(files: readonly string[], explanation: Readonly<Record<string, unknown>>, at: Date): string;
}

const LATEST = 'latest';
const EXTENSION = '.checkpoint';
const SET_ASIDE = 'set-aside';
/** Checkpoints are for everybody to read. */
const PUBLIC_MODE = 0o644;

const fileNameOf = (size: number): string => `${size}${EXTENSION}`;

/** The size in the name of a checkpoint file; null for any other file. */
function sizeInFileName(name: string): number | null {
  const digits = /^(\d{1,16})\.checkpoint$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function openCheckpointFiles(dataDir: string): CheckpointFiles {
  const directory = join(dataDir, 'checkpoints');
  const read = (name: string): CheckpointFile => {
    const file = join(directory, name);
    return { file, source: `checkpoints/${name} in DATA_DIR`, note: readFileSync(file, 'utf8') };
  };
  const fileNames = (): string[] => (existsSync(directory) ? readdirSync(directory) : []);

  return {
    directory,
    newest() {
      const names = fileNames();
      const sizes = names.map((name) => sizeInFileName(name) ?? -1);
      const greatest = sizes.reduce((most, size) => Math.max(most, size), -1);
      return [...names.filter((name) => name === LATEST), ...(greatest < 0 ? [] : [fileNameOf(greatest)])].map(read);
    },
    all: () =>
      fileNames()
        .filter((name) => name === LATEST || sizeInFileName(name) !== null)
        .map(read),
    write(size, note) {
      makeDirectory(directory);
      writeFileAtomicallySync(join(directory, fileNameOf(size)), note, PUBLIC_MODE);
      writeFileAtomicallySync(join(directory, LATEST), note, PUBLIC_MODE);
    },
    setAside(files, explanation, at) {
      const target = join(directory, SET_ASIDE, at.toISOString().replaceAll(':', ''));
      makeDirectory(join(directory, SET_ASIDE));
      mkdirSync(target);
      writeFileAtomicallySync(join(target, 'why.json'), `${JSON.stringify(explanation, null, 2)}\n`, PUBLIC_MODE);
      for (const file of files) renameSync(file, join(target, file.slice(directory.length + 1)));
      syncPath(target);
      syncPath(directory);
      return target;
    },
  };
}
