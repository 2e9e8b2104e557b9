import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EventStore } from '../../event-store/port.js';
import { CheckpointMismatchError } from './checkpoint-mismatch.js';
import type { CheckpointSigner } from './checkpoint-signer.js';
import type { LogIntegrityStatus } from './log-integrity-status.js';
import type { VerifiedCheckpoint } from './verify-checkpoint.js';

export interface CheckpointSchedulerOptions {
  readonly log: Pick<EventStore, 'head' | 'find' | 'onAppend'>;
  readonly signer: CheckpointSigner;
  /** How often to sign a log that has grown, in minutes; 0: never. */
  readonly signingIntervalMinutes: number;
  readonly logger: Logger;
  /** How often to verify the newest checkpoints against the log, in milliseconds. */
  readonly checkIntervalMs?: number;
}

/** Signs the log when a period is published and on a schedule, and verifies its newest checkpoints in between. */
export interface CheckpointScheduler {
  readonly status: LogIntegrityStatus;
  /** Verifies the newest checkpoints, and signs a publication that is not signed yet. Failures are logged. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** Appends within this time share one check. */
const APPEND_DEBOUNCE_MS = 250;

export function startCheckpointScheduler(options: CheckpointSchedulerOptions): CheckpointScheduler {
  const { log, signer, signingIntervalMinutes, logger, checkIntervalMs = MINUTE_MS } = options;
  const stopped = new AbortController();
  let status: LogIntegrityStatus = { state: 'UNKNOWN' };
  let lastTask: Promise<void> = Promise.resolve();
  let checkIsPending = false;
  /** Every publication up to this position is signed. */
  let checkedPosition = 0;

  const setVerified = (checkpoint: VerifiedCheckpoint | null): void => {
    if (status.state === 'CONTRADICTED') logger.info('The log agrees with its checkpoints again');
    status =
      checkpoint === null
        ? { state: 'UNKNOWN' }
        : { state: 'SOUND', size: checkpoint.size, rootHash: checkpoint.root.toString('hex') };
  };

  const setFailed = (error: unknown): void => {
    if (!(error instanceof CheckpointMismatchError)) {
      logger.error({ err: error }, 'The checkpoints could not be verified');
      return;
    }
    const { message: problem, mismatch } = error;
    if (status.state !== 'CONTRADICTED' || status.problem !== problem) {
      logger.error({ fault: mismatch.kind, where: mismatch.source }, problem);
    }
    status = { state: 'CONTRADICTED', problem };
  };

  const sign = async (why: string): Promise<void> => {
    const checkpoint = await signer.sign();
    setVerified(checkpoint);
    logger.info({ size: checkpoint.size, rootHash: checkpoint.root.toString('hex'), why }, 'Signed a checkpoint');
  };

  /** Runs one task after the other. A failed task is logged and does not end the server. */
  const enqueue = (task: () => Promise<void>): Promise<void> => {
    lastTask = lastTask.then(() => (stopped.signal.aborted ? undefined : task())).catch(setFailed);
    return lastTask;
  };

  const check = (): Promise<void> =>
    enqueue(async () => {
      const newest = await signer.newest();
      setVerified(newest);
      const { position } = await log.head();
      const afterPosition = Math.max(newest?.size ?? 0, checkedPosition);
      const unsigned = { types: ['PeriodPublished'], afterPosition, upToPosition: position };
      const { events: publications } = await log.find(unsigned, { limit: 1, from: 'LAST' });
      if (publications.length > 0) await sign('A period was published');
      checkedPosition = position;
    });

  const signIfGrown = (): Promise<void> =>
    enqueue(async () => {
      const newest = await signer.newest();
      setVerified(newest);
      if ((await log.head()).position > (newest?.size ?? 0)) await sign('The log has grown');
    });

  const checkSoon = async (): Promise<void> => {
    if (checkIsPending) return;
    checkIsPending = true;
    await delay(APPEND_DEBOUNCE_MS, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
    checkIsPending = false;
    await check();
  };

  const unsubscribe = log.onAppend(() => void checkSoon());
  const checkTimer = setInterval(() => void check(), checkIntervalMs).unref();
  const signingTimer =
    signingIntervalMinutes > 0
      ? setInterval(() => void signIfGrown(), signingIntervalMinutes * MINUTE_MS).unref()
      : null;

  return {
    get status() {
      return status;
    },
    check,
    async stop() {
      stopped.abort();
      unsubscribe();
      clearInterval(checkTimer);
      if (signingTimer) clearInterval(signingTimer);
      await lastTask;
    },
  };
}
