import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { putWholeFile, syncPath } from '../../files/durable-file.js';
import { makeDirectory } from '../../files/make-directory.js';

/** A checkpoint outside of the log. */
export interface OutsideNote {
  readonly file: string;
  /** The file in words that anybody may read: they say nothing of the machine. */
  readonly where: string;
  readonly note: string;
}

/**
 * The checkpoints that are kept outside of the log, one file each and the newest once more as `latest`: a log that is put
 * back to an older state takes the checkpoints in it along, and these stay. Copied elsewhere they prove the same there.
 */
export interface Outside {
  readonly directory: string;
  /** Whatever says that it is the newest; with equal sizes both. None where nothing was signed yet. */
  newest(): OutsideNote[];
  all(): OutsideNote[];
  /** On the disk when it returns. */
  keep(size: number, note: string): void;
  /** Moves files away and writes beside them why. Returns the directory where they are. */
  setAside(files: readonly string[], why: Readonly<Record<string, unknown>>, at: Date): string;
}

const LATEST = 'latest';
const EXTENSION = '.checkpoint';
const READABLE = 0o644;

const nameOf = (size: number): string => `${size}${EXTENSION}`;

/** The size in the name of a file; null where it is none of ours. */
function sizeIn(name: string): number | null {
  const digits = /^(\d{1,16})\.checkpoint$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function openOutside(dataDir: string): Outside {
  const directory = join(dataDir, 'checkpoints');
  const read = (name: string): OutsideNote => {
    const file = join(directory, name);
    return { file, where: `checkpoints/${name} in DATA_DIR`, note: readFileSync(file, 'utf8') };
  };
  const names = (): string[] => (existsSync(directory) ? readdirSync(directory) : []);

  return {
    directory,
    newest() {
      const found = names();
      const sizes = found.map((name) => sizeIn(name) ?? -1);
      const greatest = sizes.reduce((most, size) => Math.max(most, size), -1);
      return [...found.filter((name) => name === LATEST), ...(greatest < 0 ? [] : [nameOf(greatest)])].map(read);
    },
    all: () =>
      names()
        .filter((name) => name === LATEST || sizeIn(name) !== null)
        .map(read),
    keep(size, note) {
      makeDirectory(directory);
      putWholeFile(join(directory, nameOf(size)), note, READABLE);
      putWholeFile(join(directory, LATEST), note, READABLE);
    },
    setAside(files, why, at) {
      const aside = join(directory, 'set-aside', at.toISOString().replaceAll(':', ''));
      makeDirectory(join(directory, 'set-aside'));
      mkdirSync(aside);
      putWholeFile(join(aside, 'why.json'), `${JSON.stringify(why, null, 2)}\n`, READABLE);
      for (const file of files) renameSync(file, join(aside, file.slice(directory.length + 1)));
      syncPath(aside);
      syncPath(directory);
      return aside;
    },
  };
}
