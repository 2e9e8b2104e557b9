import { readFileSync } from 'node:fs';
import { checkpointKeyFilesOf } from '../../proofs/checkpoints/checkpoint-keys.js';
import { readLogCheckpoints } from '../../proofs/checkpoints/log-checkpoints.js';
import { openCheckpointFiles } from '../../proofs/checkpoints/checkpoint-files.js';
import { newCheckpointSigner } from '../../proofs/checkpoints/checkpoint-signer.js';
import type { Config } from '../../config/config.js';
import type { EventStore } from '../../event-store/port.js';
import { earlierCheckpoints, firstCoveringCheckpoint } from '../../evidence/checkpoint-selection.js';
import { makePack, refuseOccupiedPack, type PackContents } from '../../evidence/make-pack.js';
import type { Manifest } from '../../evidence/manifest.js';
import { firstPublications, firstPublicationOf } from '../../evidence/publications.js';
import { productFiles } from '../../config/product-files.js';
import { withReplayed } from '../../read-models/projector/replay.js';
import { openExistingLog } from '../open-existing-log.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';

interface EvidenceCommandOptions {
  readonly out: string;
  readonly period?: string;
}

/** `peildatum evidence`: makes an evidence pack, which proves published figures without this program. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('evidence')
    .description(
      'Make an evidence pack: the signed log and the published figures, to verify with node verify.mjs. A server may run.',
    )
    .requiredOption('--out <directory>', 'the directory to make; it exists once the pack is complete')
    .option(
      '--period <key>',
      'one period, up to the first checkpoint after its publication; without it all periods, up to now',
    )
    .action(async ({ out, period }: EvidenceCommandOptions) => {
      refuseOccupiedPack(out);
      const log = await openExistingLog(config());
      try {
        const contents = await contentsOf(log, config(), period ?? null);
        const { checkpoint } = contents;
        const manifest = await withProgressBar(stderr, 'Gathering', (onProgress) =>
          withReplayed({ log, upTo: checkpoint.size, onProgress }, (db) => makePack(out, { log, db, ...contents })),
        );
        stdout.write(formatResult(out, manifest));
      } finally {
        await log.close();
      }
    });
};

/** Chooses the checkpoint that ends the pack. @throws {CheckpointMismatchError} when the log disagrees with a checkpoint */
async function contentsOf(
  log: EventStore,
  config: Config,
  period: string | null,
): Promise<Omit<PackContents, 'log' | 'db'>> {
  const signer = newCheckpointSigner({
    log,
    keyFiles: checkpointKeyFilesOf(config),
    checkpointFiles: openCheckpointFiles(config.dataDir),
  });
  await signer.newest();
  const { position } = await log.head();
  const requested = period === null ? null : await firstPublicationOf(log, period, position);
  const covering = requested && firstCoveringCheckpoint(await readLogCheckpoints(log), requested.position);
  const checkpoint = covering ?? (await signer.sign());
  const published = await firstPublications(log, checkpoint.size);
  return {
    checkpoint,
    earlier: earlierCheckpoints(checkpoint, await readLogCheckpoints(log), published),
    period,
    publications: requested ? [requested] : published,
    verifier: readFileSync(productFiles.verifier, 'utf8'),
  };
}

function formatResult(out: string, { treeSize, periods, files }: Manifest): string {
  const keys = periods.map(({ key }) => key).join(', ');
  const proofs = files.filter(({ name }) => name.startsWith('proofs/')).length;
  return (
    `Gathered ${treeSize === 1 ? '1 event' : `${treeSize} events`}, ${keys === '' ? 'no publications' : `the publications of ${keys}`} ` +
    `and ${proofs === 1 ? '1 proof' : `${proofs} proofs`} in ${out}. To verify: node verify.mjs ${out} --key <the key of the log>.\n`
  );
}
