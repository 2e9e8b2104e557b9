import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryPath, writeFileAtomicallySync, toWriteError } from '../../files/durable-file.js';
import { makeDirectory } from '../../files/make-directory.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { newSignerKey, parseSignerKey, parseVerifierKey, type SignerKey, type VerifierKey } from '../notes/note-key.js';

/** The files that hold the keys of one log. */
export interface CheckpointKeyFiles {
  /** The name of the log, and of every key of it. */
  readonly origin: string;
  /** The signer keys in use, one a line, the newest first: one key, or two during a rotation. */
  readonly signerFile: string;
  /** Every verifier key the log ever had, one a line, the newest first: older checkpoints are verified with them. */
  readonly verifierFile: string;
  /** Whether a missing signer key is generated. False when CHECKPOINT_KEY names the file: a missing file is an error. */
  readonly generatesMissingKey: boolean;
}

export interface CheckpointKeys {
  /** Each of them signs every checkpoint. */
  readonly signers: readonly SignerKey[];
  readonly verifiers: readonly VerifierKey[];
}

/** The settings about the keys, under their names in the configuration. */
export interface CheckpointKeySettings {
  readonly dataDir: string;
  readonly logOrigin: string;
  readonly checkpointKey: string;
}

export const checkpointKeyFilesOf = (settings: CheckpointKeySettings): CheckpointKeyFiles => {
  const { dataDir, logOrigin, checkpointKey } = settings;
  const ownSignerFile = join(dataDir, 'keys', 'checkpoint.key');
  return {
    origin: logOrigin,
    signerFile: checkpointKey,
    verifierFile: join(dataDir, 'keys', 'checkpoint.vkey'),
    generatesMissingKey: resolve(checkpointKey) === resolve(ownSignerFile),
  };
};

const PRIVATE_MODE = 0o600;
const PUBLIC_MODE = 0o644;

const encodeKeys = (keys: readonly { readonly encoded: string }[]): string =>
  keys.map(({ encoded }) => `${encoded}\n`).join('');

const readLines = (path: string): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : [];

function readKeyFile<K>(path: string, parse: (line: string) => K): K[] {
  try {
    return readLines(path).map(parse);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw new ExpectedError(`'${path}' cannot be used. ${error.message}`, { cause: error });
  }
}

/** The keys as they are now. Generates the first signer key when there is none. @throws {ExpectedError} */
export function readCheckpointKeys(files: CheckpointKeyFiles): CheckpointKeys {
  const { signerFile, verifierFile } = files;
  makeDirectory(dirname(verifierFile));
  if (!existsSync(signerFile)) generateFirstKey(files);
  const signers = readKeyFile(signerFile, parseSignerKey);
  if (signers.length === 0) {
    throw new ExpectedError(`'${signerFile}' holds no key. Put the key back, or remove the file to have a new one.`);
  }
  for (const { name } of signers) refuseForeignKey(files, name);
  const published = readKeyFile(verifierFile, parseVerifierKey);
  const verifiers = withMissing(
    published,
    signers.map(({ verifier }) => verifier),
  );
  if (verifiers.length > published.length) writeFileAtomicallySync(verifierFile, encodeKeys(verifiers), PUBLIC_MODE);
  return { signers, verifiers };
}

/** The verifier keys known here. Unlike `readCheckpointKeys` it writes nothing. @throws {ExpectedError} */
export const readVerifierKeys = ({ signerFile, verifierFile }: CheckpointKeyFiles): readonly VerifierKey[] =>
  withMissing(
    readKeyFile(verifierFile, parseVerifierKey),
    readKeyFile(signerFile, parseSignerKey).map(({ verifier }) => verifier),
  );

const withMissing = (published: readonly VerifierKey[], inUse: readonly VerifierKey[]): VerifierKey[] => [
  ...inUse.filter(({ encoded }) => !published.some((key) => key.encoded === encoded)),
  ...published,
];

function refuseForeignKey({ origin, signerFile }: CheckpointKeyFiles, name: string): void {
  if (name === origin) return;
  throw new ExpectedError(
    `LOG_ORIGIN is '${origin}', but the key in '${signerFile}' is of the log '${name}'. A log keeps its name: set LOG_ORIGIN ` +
      `to '${name}'.`,
  );
}

/** Of two processes that start at the same time, one generates the key and the other reads it. */
function generateFirstKey({ origin, signerFile, generatesMissingKey }: CheckpointKeyFiles): void {
  if (!generatesMissingKey) throw new ExpectedError(`CHECKPOINT_KEY names '${signerFile}', and there is no such file.`);
  const temporary = temporaryPath(signerFile);
  try {
    writeFileAtomicallySync(temporary, encodeKeys([newSignerKey(origin)]), PRIVATE_MODE);
    // Unlike a rename, a link fails when the other process was faster.
    linkSync(temporary, signerFile);
  } catch (error) {
    if (!existsSync(signerFile)) throw toWriteError(signerFile, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Generates another signer key. Until the old key is retired checkpoints are signed with both, so that whoever knows only one
 * of them can verify them. @throws {ExpectedError} while an earlier key is not retired
 */
export function rotateCheckpointKeys(files: CheckpointKeyFiles): CheckpointKeys {
  const { signers } = readCheckpointKeys(files);
  if (signers.length > 1) {
    throw new ExpectedError('Two keys are in use already. Retire the older one before you make another: --retire.');
  }
  writeFileAtomicallySync(files.signerFile, encodeKeys([newSignerKey(files.origin), ...signers]), PRIVATE_MODE);
  return readCheckpointKeys(files);
}

/** Signs with the newest key alone from now on. The verifier key of the other is kept. @throws {ExpectedError} */
export function retireCheckpointKeys(files: CheckpointKeyFiles): CheckpointKeys {
  const { signers } = readCheckpointKeys(files);
  if (signers.length < 2) {
    throw new ExpectedError('One key is in use, and one is needed. Make another first: --rotate.');
  }
  writeFileAtomicallySync(files.signerFile, encodeKeys(signers.slice(0, 1)), PRIVATE_MODE);
  return readCheckpointKeys(files);
}
