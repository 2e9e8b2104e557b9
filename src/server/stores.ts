import type { Logger } from 'pino';
import { openAuthority, type Authority } from '../authority/authority.js';
import { repeatErasures } from '../authority/repeat-erasures.js';
import { refuseUnfinishedRestore } from '../backup/staging-file.js';
import type { Config } from '../config/config.js';
import { openEventStore } from '../event-store/open.js';
import type { EventStore } from '../event-store/port.js';
import { productFiles } from '../config/product-files.js';
import { loadFile } from '../log-format/load-file.js';
import { checkpointKeyFilesOf, readCheckpointKeys } from '../proofs/checkpoints/checkpoint-keys.js';
import { openCheckpointFiles } from '../proofs/checkpoints/checkpoint-files.js';
import { newCheckpointSigner, type CheckpointSigner } from '../proofs/checkpoints/checkpoint-signer.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../read-models/database/open.js';
import { ensureAnsweringVersion, isLiveVersionOfAnotherLog } from '../read-models/rebuild/ensure-answering-version.js';

/** Everything that the product keeps data in, opened and checked against each other. */
export interface Stores {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly authority: Authority;
  readonly signer: CheckpointSigner;
  close(): Promise<void>;
}

/**
 * Opens the log, the read models, the vault and the signing keys. An empty log is filled with the shipped history. If one
 * of them cannot be opened, nothing stays open.
 * @throws {ExpectedError} and the stores' errors, each with a message for the person who starts the server.
 */
export async function openStores(config: Config, logger: Logger): Promise<Stores> {
  const { eventStoreUrl } = config;
  if (eventStoreUrl.engine === 'sqlite') refuseUnfinishedRestore(eventStoreUrl.path);
  const log = await openEventStore(eventStoreUrl);
  let database: ReadDatabaseHandle | undefined;
  let authority: Authority | undefined;
  const close = async (): Promise<void> => {
    await database?.close();
    await log.close();
    await authority?.close();
  };
  try {
    database = await openReadDatabase(config.readDatabaseUrl);
    const lost = await isLiveVersionOfAnotherLog(log, database);
    await loadShippedHistory(log, logger);
    await ensureAnsweringVersion({ log, database, logger, lost, projecting: config.projecting === 'on' });
    authority = await openAuthority(config, logger);
    await repeatPastErasures(log, authority, logger);
    return { log, database, authority, signer: openSigner(log, config), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws {ExpectedError} when there is no key that could sign */
function openSigner(log: EventStore, config: Config): CheckpointSigner {
  const keyFiles = checkpointKeyFilesOf(config);
  readCheckpointKeys(keyFiles);
  return newCheckpointSigner({ log, keyFiles, checkpointFiles: openCheckpointFiles(config.dataDir) });
}

async function loadShippedHistory(log: EventStore, logger: Logger): Promise<void> {
  if ((await log.head()).position > 0) return;
  const { loaded } = await loadFile({ file: productFiles.shippedHistory, log });
  // If several servers find the log empty at the same time, one of them loads the history, and the others load nothing.
  if (loaded === 0) return;
  logger.info({ events: loaded }, 'Loaded the shipped history into the empty log');
}

/** The log is the authority on who was erased: a vault that was restored from an older backup may still know them. */
async function repeatPastErasures(log: EventStore, { vault }: Authority, logger: Logger): Promise<void> {
  const erasedAgain = await repeatErasures(log, vault);
  if (erasedAgain > 0) {
    logger.warn(
      { actors: erasedAgain },
      'Erased people again whom the vault still knew, though the log says that they were erased',
    );
  }
}
