import { Option } from 'commander';
import { acceptRestoredLog } from '../../proofs/checkpoints/accept-restored-log.js';
import { openCheckpointFiles } from '../../proofs/checkpoints/checkpoint-files.js';
import {
  checkpointKeyFilesOf,
  readCheckpointKeys,
  retireCheckpointKeys,
  rotateCheckpointKeys,
  type CheckpointKeys,
  type CheckpointKeyFiles,
} from '../../proofs/checkpoints/checkpoint-keys.js';
import { newCheckpointSigner } from '../../proofs/checkpoints/checkpoint-signer.js';
import type { Config } from '../../config/config.js';
import { writeFileAtomicallySync } from '../../files/durable-file.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { openExistingLog } from '../open-existing-log.js';
import type { RegisterCommand } from '../program.js';

interface CheckpointOptions {
  readonly out: string;
  readonly keys?: true;
  readonly rotate?: true;
  readonly retire?: true;
  readonly afterRestore?: string;
}

/** What was signed is for everybody. */
const READABLE = 0o644;

const ACTIONS = ['keys', 'rotate', 'retire', 'afterRestore'];

const action = (name: string, flags: string, description: string): Option =>
  new Option(flags, description).conflicts(ACTIONS.filter((other) => other !== name));

/** `peildatum checkpoint`: what was recorded so far, signed, and the keys that it is signed with. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('checkpoint')
    .description(
      'Sign the log as it is now: a C2SP tlog-checkpoint. Or see to the keys that checkpoints are signed with.',
    )
    .option('--out <file>', 'where the checkpoint goes to. - is standard output', '-')
    .addOption(action('keys', '--keys', 'print the public keys instead, for those who verify'))
    .addOption(action('rotate', '--rotate', 'make a new key; until --retire checkpoints are signed with both'))
    .addOption(action('retire', '--retire', 'sign with the newest key alone from now on; then the public keys'))
    .addOption(
      action(
        'afterRestore',
        '--after-restore <reason>',
        'accept that an older log was put in place: set aside, with the reason, what was signed of the newer one',
      ),
    )
    .action(async (options: CheckpointOptions) => {
      const places = checkpointKeyFilesOf(config());
      const say = (text: string): void => void stderr.write(text);
      if (options.keys) return tellKeys(readCheckpointKeys(places), places, (text) => stdout.write(text), say);
      const note = await carryOut(options, places, config(), say);
      if (options.out === '-') stdout.write(note);
      else writeFileAtomicallySync(options.out, note, READABLE);
    });
};

async function carryOut(
  { rotate, retire, afterRestore }: CheckpointOptions,
  keys: CheckpointKeyFiles,
  config: Config,
  say: (text: string) => void,
): Promise<string> {
  const log = await openExistingLog(config);
  try {
    const outside = openCheckpointFiles(config.dataDir);
    const signer = newCheckpointSigner({ log, keyFiles: keys, checkpointFiles: outside });
    if (afterRestore !== undefined) {
      if (afterRestore.trim() === '') throw new ExpectedError('--after-restore needs a reason that others understand.');
      const { directory, mismatches } = await acceptRestoredLog({
        log,
        keyFiles: keys,
        checkpointFiles: outside,
        reason: afterRestore,
      });
      say(`Set aside in ${directory}, with the reason:\n${mismatches.map(({ message }) => `- ${message}\n`).join('')}`);
    }
    // A log that contradicts what was signed of it keeps its keys, too.
    const before = await signer.sign();
    if (rotate) tellKeys(rotateCheckpointKeys(keys), keys, say, say);
    if (retire) tellKeys(retireCheckpointKeys(keys), keys, say, say);
    return rotate ? (await signer.sign()).note : before.note;
  } finally {
    await log.close();
  }
}

/** The public keys in use go where a program may read them; what is to be said of them goes elsewhere. */
function tellKeys(
  { signers, verifiers }: CheckpointKeys,
  { verifierFile }: CheckpointKeyFiles,
  write: (text: string) => void,
  say: (text: string) => void,
): void {
  write(signers.map(({ verifier }) => `${verifier.encoded}\n`).join(''));
  const retired = verifiers.length - signers.length;
  if (retired > 0) say(`Retired keys, that older checkpoints are verified with, are in ${verifierFile}: ${retired}.\n`);
}
