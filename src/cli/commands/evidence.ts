import { readFileSync } from 'node:fs';
import { checkpointKeyFilesOf } from '../../proofs/checkpoints/checkpoint-keys.js';
import { readLogCheckpoints } from '../../proofs/checkpoints/log-checkpoints.js';
import { openCheckpointFiles } from '../../proofs/checkpoints/checkpoint-files.js';
import { newCheckpointSigner } from '../../proofs/checkpoints/checkpoint-signer.js';
import type { Config } from '../../config/config.js';
import type { EventStore } from '../../event-store/port.js';
import { earlierCheckpoints, firstCoveringCheckpoint } from '../../evidence/checkpoint-selection.js';
import { makePack, refuseOccupied, type PackContents } from '../../evidence/make-pack.js';
import type { Manifest } from '../../evidence/manifest.js';
import { firstPublications, firstPublicationOf } from '../../evidence/publications.js';
import { productFiles } from '../../config/product-files.js';
import { withReplayed } from '../../read-models/projector/replay.js';
import { openExistingLog } from '../open-existing-log.js';
import { withProgressBar } from '../progress-bar.js';
import type { RegisterCommand } from '../program.js';

interface EvidenceOptions {
  readonly out: string;
  readonly period?: string;
}

/** `peildatum evidence`: what proves the published figures to somebody who has nothing of ours. */
export const register: RegisterCommand = (program, { config, stdout, stderr }) => {
  program
    .command('evidence')
    .description(
      'Make an evidence pack: the log as it was signed, and the published figures, for node verify.mjs. A server may run.',
    )
    .requiredOption('--out <directory>', 'the directory to make; it is there when the pack is whole')
    .option('--period <key>', 'one period, up to the first checkpoint after its publication; else all, up to now')
    .action(async ({ out, period }: EvidenceOptions) => {
      refuseOccupied(out);
      const log = await openExistingLog(config());
      try {
        const contents = await contentsOf(log, config(), period ?? null);
        const { checkpoint } = contents;
        const manifest = await withProgressBar(stderr, 'Gathering', (onProgress) =>
          withReplayed({ log, upTo: checkpoint.size, onProgress }, (db) => makePack(out, { log, db, ...contents })),
        );
        stdout.write(tell(out, manifest));
      } finally {
        await log.close();
      }
    });
};

/** What is signed decides where the pack ends. A log that contradicts what was signed of it makes no pack. */
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
  const asked = period === null ? null : await firstPublicationOf(log, period, position);
  const covering = asked && firstCoveringCheckpoint(await readLogCheckpoints(log), asked.position);
  const checkpoint = covering ?? (await signer.sign());
  const published = await firstPublications(log, checkpoint.size);
  return {
    checkpoint,
    earlier: earlierCheckpoints(checkpoint, await readLogCheckpoints(log), published),
    period,
    publications: asked ? [asked] : published,
    verifier: readFileSync(productFiles.verifier, 'utf8'),
  };
}

function tell(out: string, { treeSize, periods, files }: Manifest): string {
  const keys = periods.map(({ key }) => key).join(', ');
  const proofs = files.filter(({ name }) => name.startsWith('proofs/')).length;
  return (
    `Gathered ${treeSize === 1 ? '1 event' : `${treeSize} events`}, ${keys === '' ? 'no publications' : `the publications of ${keys}`} ` +
    `and ${proofs === 1 ? '1 proof' : `${proofs} proofs`} in ${out}. To verify: node verify.mjs ${out} --key <the key of the log>.\n`
  );
}
