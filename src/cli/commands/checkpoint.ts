import { Option } from 'commander';
import type { Config } from '../../config/config.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { writeFileAtomicallySync } from '../../files/durable-file.js';
import { acceptRestoredLog } from '../../proofs/checkpoints/accept-restored-log.js';
import { openCheckpointFiles } from '../../proofs/checkpoints/checkpoint-files.js';
import {
  checkpointKeyFilesOf,
  readCheckpointKeys,
  retireCheckpointKeys,
  rotateCheckpointKeys,
  type CheckpointKeyFiles,
  type CheckpointKeys,
} from '../../proofs/checkpoints/checkpoint-keys.js';
import { newCheckpointSigner } from '../../proofs/checkpoints/checkpoint-signer.js';
import { openExistingLog } from '../open-existing-log.js';
import type { RegisterCommand } from '../program.js';

interface CheckpointCommandOptions {
  readonly out: string;
  readonly keys?: true;
  readonly rotate?: true;
  readonly retire?: true;
  readonly afterRestore?: string;
}

type Write = (text: string) => void;

/** Checkpoints are for everybody to read. */
const PUBLIC_MODE = 0o644;

/** Options of which one command line can have one only. */
const EXCLUSIVE_OPTIONS = ['keys', 'rotate', 'retire', 'afterRestore'];

const exclusiveOption = (name: string, flags: string, description: string): Option =>
  new Option(flags, description).conflicts(EXCLUSIVE_OPTIONS.filter((other) => other !== name));

/** `peildatum checkpoint`: signs the log as it is now, and manages the keys that sign it. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('checkpoint')
    .description('Sign the log as it is now, as a C2SP tlog-checkpoint, or manage the keys that sign checkpoints.')
    .option('--out <file>', 'the file to write the checkpoint to. - is standard output', '-')
    .addOption(exclusiveOption('keys', '--keys', 'print the public keys that verify checkpoints, and sign nothing'))
    .addOption(exclusiveOption('rotate', '--rotate', 'make a new key; checkpoints are signed with both until --retire'))
    .addOption(
      exclusiveOption('retire', '--retire', 'sign with the newest key only from now on, and print its public key'),
    )
    .addOption(
      exclusiveOption(
        'afterRestore',
        '--after-restore <reason>',
        'accept a log that was restored to an older state: set the checkpoints of the newer state aside, with the reason',
      ),
    )
    .action(async (options: CheckpointCommandOptions) => {
      const keyFiles = checkpointKeyFilesOf(config());
      const writeNotice: Write = (text) => void stderr.write(text);
      if (options.keys) {
        return writePublicKeys(readCheckpointKeys(keyFiles), keyFiles, (text) => stdout.write(text), writeNotice);
      }
      const note = await signCheckpoint(options, keyFiles, config(), writeNotice);
      if (options.out === '-') stdout.write(note);
      else writeFileAtomicallySync(options.out, note, PUBLIC_MODE);
    });
};

/** Carries out the option, signs the log, and returns the signed note. */
async function signCheckpoint(
  { rotate, retire, afterRestore }: CheckpointCommandOptions,
  keyFiles: CheckpointKeyFiles,
  config: Config,
  writeNotice: Write,
): Promise<string> {
  const log = await openExistingLog(config);
  try {
    const checkpointFiles = openCheckpointFiles(config.dataDir);
    const signer = newCheckpointSigner({ log, keyFiles, checkpointFiles });
    if (afterRestore !== undefined) {
      if (afterRestore.trim() === '') throw new ExpectedError('--after-restore needs a reason that others understand.');
      const { directory, mismatches } = await acceptRestoredLog({
        log,
        keyFiles,
        checkpointFiles,
        reason: afterRestore,
      });
      const list = mismatches.map(({ message }) => `- ${message}\n`).join('');
      writeNotice(`Set aside in ${directory}, with the reason:\n${list}`);
    }
    // Signing comes first: the keys stay as they are when the log disagrees with an earlier checkpoint.
    const current = await signer.sign();
    if (rotate) writePublicKeys(rotateCheckpointKeys(keyFiles), keyFiles, writeNotice, writeNotice);
    if (retire) writePublicKeys(retireCheckpointKeys(keyFiles), keyFiles, writeNotice, writeNotice);
    return rotate ? (await signer.sign()).note : current.note;
  } finally {
    await log.close();
  }
}

/** Writes the public keys in use where a program can read them, and notices about retired keys elsewhere. */
function writePublicKeys(
  { signers, verifiers }: CheckpointKeys,
  { verifierFile }: CheckpointKeyFiles,
  write: Write,
  writeNotice: Write,
): void {
  write(signers.map(({ verifier }) => `${verifier.encoded}\n`).join(''));
  const retiredCount = verifiers.length - signers.length;
  if (retiredCount > 0) {
    writeNotice(`Retired keys, which verify older checkpoints, are in ${verifierFile}: ${retiredCount}.\n`);
  }
}
