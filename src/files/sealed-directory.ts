import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { temporaryPath, syncPath, toWriteError } from './durable-file.js';
import { digestOf, writeWithDigest, type FileContent, type FileDigest } from './file-digest.js';

/** The file that lists every other file of a sealed directory. It is written last. */
export const MANIFEST = 'manifest.json';

/** A file of a sealed directory, as its manifest lists it. */
export interface FileEntry<Name extends string = string> extends FileDigest {
  /** Relative to the directory, with '/' between its parts. */
  readonly name: Name;
}

/** Writes the files of a directory that is not sealed yet. */
export interface DirectoryWriter {
  /** Writes a file. It is on the disk when the promise resolves. */
  write(name: string, content: FileContent): Promise<FileEntry>;
  /** The path under which the caller writes a file itself. Creates the folder of the file. */
  pathOf(name: string): string;
  /** The entry of a file that the caller has written to the path of that name, and that is on the disk. */
  entryOf<Name extends string>(name: Name): Promise<FileEntry<Name>>;
}

interface Occupation {
  /** What is made, for the error: 'a backup'. */
  readonly what: string;
  /** Whether an empty directory may be replaced. */
  readonly allowsEmptyDirectory: boolean;
}

export interface SealedDirectoryOptions extends Occupation {
  /** The mode of the directory and its folders, and that of the files that the writer writes, less the process's umask. */
  readonly directoryMode?: number;
  readonly fileMode?: number;
}

/** @throws {ExpectedError} when something exists at the path: a sealed directory never replaces anything. */
export function refuseOccupied(path: string, { what, allowsEmptyDirectory }: Occupation): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (allowsEmptyDirectory && found.isDirectory() && readdirSync(path).length === 0) return;
  throw new ExpectedError(
    `'${path}' exists already, and ${what} never replaces anything. Name a directory that does not exist.`,
  );
}

/**
 * Makes a directory of files with a manifest. The directory has its name only when it is complete and on the disk. A process
 * that is killed leaves a directory with another name and without a manifest.
 * @param fill writes the files and returns the manifest
 * @throws {ExpectedError} when the path is occupied or cannot be written
 */
export async function makeSealedDirectory<Manifest>(
  path: string,
  options: SealedDirectoryOptions,
  fill: (writer: DirectoryWriter) => Promise<Manifest>,
): Promise<Manifest> {
  const { directoryMode = 0o777, fileMode = 0o666 } = options;
  const target = resolve(path);
  refuseOccupied(target, options);
  const temporary = temporaryPath(target);
  try {
    mkdirSync(temporary, { mode: directoryMode });
    const folders = new Set<string>([temporary]);
    const pathOf = (name: string): string => {
      const file = join(temporary, name);
      const folder = dirname(file);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true, mode: directoryMode });
      folders.add(folder);
      return file;
    };
    const manifest = await fill({
      pathOf,
      write: async (name, content) => ({ name, ...(await writeWithDigest(pathOf(name), content, fileMode)) }),
      entryOf: async (name) => ({ name, ...(await digestOf(join(temporary, name))) }),
    });
    await writeWithDigest(pathOf(MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, fileMode);
    for (const folder of folders) syncPath(folder);
    renameSync(temporary, target);
    syncPath(dirname(target));
    return manifest;
  } catch (error) {
    throw toWriteError(target, error);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
