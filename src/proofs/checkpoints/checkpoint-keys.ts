import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { draftOf, putWholeFile, unwritable } from '../../files/durable-file.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { newSignerKey, parseSignerKey, parseVerifierKey, type SignerKey, type VerifierKey } from '../notes/note-key.js';
import { makeDirectory } from '../../files/make-directory.js';

/** Where the keys of checkpoints are, and which log they are of. */
export interface KeyPlaces {
  /** The name of the log, and of every key of it. */
  readonly origin: string;
  /** The private keys in use, one a line, the newest first. There is one, and while keys are changed there are two. */
  readonly signing: string;
  /** Every public key that ever belonged to one, one a line, the newest first: older checkpoints are verified with it. */
  readonly published: string;
  /** Whether a private key is made where there is none. One that was to be there by a setting is missing instead. */
  readonly makes: boolean;
}

export interface CheckpointKeys {
  /** A checkpoint is signed with each of them. */
  readonly signers: readonly SignerKey[];
  readonly verifiers: readonly VerifierKey[];
}

/** The settings that concern the keys, under their names in the configuration. */
export interface KeySettings {
  readonly dataDir: string;
  readonly logOrigin: string;
  readonly checkpointKey: string;
}

export const keyPlacesOf = ({ dataDir, logOrigin, checkpointKey }: KeySettings): KeyPlaces => {
  const own = join(dataDir, 'keys', 'checkpoint.key');
  return {
    origin: logOrigin,
    signing: checkpointKey,
    published: join(dataDir, 'keys', 'checkpoint.vkey'),
    makes: resolve(checkpointKey) === resolve(own),
  };
};

const PRIVATE = 0o600;
const PUBLIC = 0o644;

const spelled = (keys: readonly { readonly spelling: string }[]): string =>
  keys.map(({ spelling }) => `${spelling}\n`).join('');

const linesOf = (path: string): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : [];

function parseAll<K>(path: string, parse: (line: string) => K): K[] {
  try {
    return linesOf(path).map(parse);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw new ExpectedError(`'${path}' cannot be used. ${error.message}`, { cause: error });
  }
}

/** The keys as they are now; the first start makes one. @throws {ExpectedError} */
export function readKeys(places: KeyPlaces): CheckpointKeys {
  makeDirectory(dirname(places.published));
  if (!existsSync(places.signing)) makeFirst(places);
  const signers = parseAll(places.signing, parseSignerKey);
  if (signers.length === 0) {
    throw new ExpectedError(
      `'${places.signing}' holds no key. Put the key back, or remove the file to have a new one.`,
    );
  }
  for (const { name } of signers) refuseOther(places, name);
  const known = parseAll(places.published, parseVerifierKey);
  const verifiers = withNew(
    known,
    signers.map(({ verifier }) => verifier),
  );
  if (verifiers.length > known.length) putWholeFile(places.published, spelled(verifiers), PUBLIC);
  return { signers, verifiers };
}

/** The public keys that are known here. Unlike readKeys it makes none. @throws {ExpectedError} */
export const knownVerifiers = ({ signing, published }: KeyPlaces): readonly VerifierKey[] =>
  withNew(
    parseAll(published, parseVerifierKey),
    parseAll(signing, parseSignerKey).map(({ verifier }) => verifier),
  );

const withNew = (known: readonly VerifierKey[], used: readonly VerifierKey[]): VerifierKey[] => [
  ...used.filter(({ spelling }) => !known.some((key) => key.spelling === spelling)),
  ...known,
];

function refuseOther({ origin, signing }: KeyPlaces, name: string): void {
  if (name === origin) return;
  throw new ExpectedError(
    `LOG_ORIGIN is '${origin}', but the key in '${signing}' is of the log '${name}'. A log keeps its name: set LOG_ORIGIN ` +
      `to '${name}'.`,
  );
}

/** Of two processes that start at the same time, one makes the key and the other finds it. */
function makeFirst({ origin, signing, makes }: KeyPlaces): void {
  if (!makes) throw new ExpectedError(`CHECKPOINT_KEY names '${signing}', and there is no such file.`);
  const draft = draftOf(signing);
  try {
    putWholeFile(draft, spelled([newSignerKey(origin)]), PRIVATE);
    linkSync(draft, signing);
  } catch (error) {
    if (!existsSync(signing)) throw unwritable(signing, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Makes another key. Until the old one is retired checkpoints are signed with both, so that whoever knows only one of them
 * can verify them. @throws {ExpectedError} while an earlier one is not retired
 */
export function rotateKeys(places: KeyPlaces): CheckpointKeys {
  const { signers } = readKeys(places);
  if (signers.length > 1) {
    throw new ExpectedError('Two keys are in use already. Retire the older one before you make another: --retire.');
  }
  putWholeFile(places.signing, spelled([newSignerKey(places.origin), ...signers]), PRIVATE);
  return readKeys(places);
}

/** Signs with the newest key alone from now on. The public key of the other is kept. @throws {ExpectedError} */
export function retireKeys(places: KeyPlaces): CheckpointKeys {
  const { signers } = readKeys(places);
  if (signers.length < 2)
    throw new ExpectedError('One key is in use, and one is needed. Make another first: --rotate.');
  putWholeFile(places.signing, spelled(signers.slice(0, 1)), PRIVATE);
  return readKeys(places);
}
