import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EventStore } from '../../event-store/port.js';
import { ContradictedLogError } from './checkpoint-mismatch.js';
import type { KnownCheckpoint } from './verify-checkpoint.js';
import type { Signer } from './checkpoint-signer.js';

/** Whether the log goes together with what was signed of it. */
export type Standing =
  | { readonly state: 'SOUND'; readonly size: number; readonly rootHash: string }
  /** Nothing was signed yet, or it could not be looked at. */
  | { readonly state: 'UNKNOWN' }
  | { readonly state: 'CONTRADICTED'; readonly problem: string };

export interface AttendOptions {
  readonly log: Pick<EventStore, 'head' | 'find' | 'onAppend'>;
  readonly signer: Signer;
  /** How often to sign a log that has grown, in minutes; 0: never. */
  readonly everyMinutes: number;
  readonly logger: Logger;
  /** How often to look whether the log still goes together with what was signed, in milliseconds. */
  readonly lookEvery?: number;
}

/** Signs the log when a period is published and on a schedule, and looks after it in between. */
export interface Attendance {
  readonly standing: Standing;
  /** Looks, and signs what was published and is not signed yet. What fails is logged. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

const MINUTE = 60_000;

/** Of many appends one after the other, this many milliseconds are looked at together. */
const BREATH = 250;

export function attend({ log, signer, everyMinutes, logger, lookEvery = MINUTE }: AttendOptions): Attendance {
  const stopped = new AbortController();
  let standing: Standing = { state: 'UNKNOWN' };
  let work: Promise<void> = Promise.resolve();
  let woken = false;
  /** Up to here nothing was published that is not signed. */
  let seen = 0;

  const found = (checkpoint: KnownCheckpoint | null): void => {
    if (standing.state === 'CONTRADICTED') logger.info('The log goes together with what was signed of it again');
    standing =
      checkpoint === null
        ? { state: 'UNKNOWN' }
        : { state: 'SOUND', size: checkpoint.size, rootHash: checkpoint.root.toString('hex') };
  };

  const failed = (error: unknown): void => {
    if (!(error instanceof ContradictedLogError)) {
      logger.error({ err: error }, 'The checkpoints could not be looked at');
      return;
    }
    const { message: problem, contradiction } = error;
    if (standing.state !== 'CONTRADICTED' || standing.problem !== problem) {
      const { fault, where } = contradiction;
      logger.error({ fault, where }, problem);
    }
    standing = { state: 'CONTRADICTED', problem };
  };

  const sign = async (why: string): Promise<void> => {
    const checkpoint = await signer.sign();
    found(checkpoint);
    logger.info({ size: checkpoint.size, rootHash: checkpoint.root.toString('hex'), why }, 'Signed a checkpoint');
  };

  /** One thing after the other; none of them stops the server. */
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    work = work.then(() => (stopped.signal.aborted ? undefined : task())).catch(failed);
    return work;
  };

  const look = (): Promise<void> =>
    inTurn(async () => {
      const newest = await signer.newest();
      found(newest);
      const { position } = await log.head();
      const afterPosition = Math.max(newest?.size ?? 0, seen);
      const published = { types: ['PeriodPublished'], afterPosition, upToPosition: position };
      const { events } = await log.find(published, { limit: 1, from: 'LAST' });
      if (events.length > 0) await sign('A period was published');
      seen = position;
    });

  const signIfGrown = (): Promise<void> =>
    inTurn(async () => {
      const newest = await signer.newest();
      found(newest);
      if ((await log.head()).position > (newest?.size ?? 0)) await sign('The log has grown');
    });

  const wake = async (): Promise<void> => {
    if (woken) return;
    woken = true;
    await delay(BREATH, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
    woken = false;
    await look();
  };

  const forget = log.onAppend(() => void wake());
  const looking = setInterval(() => void look(), lookEvery).unref();
  const schedule = everyMinutes > 0 ? setInterval(() => void signIfGrown(), everyMinutes * MINUTE).unref() : null;

  return {
    get standing() {
      return standing;
    },
    look,
    async stop() {
      stopped.abort();
      forget();
      clearInterval(looking);
      if (schedule) clearInterval(schedule);
      await work;
    },
  };
}
