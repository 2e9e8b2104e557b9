import type { Context } from '../../schema/context.js';
import { allPeriods } from '../../projections/periods/queries.js';
import { authorise } from '../authority/authorise.js';
import type { Identity } from '../authority/identity.js';
import type { Vault } from '../authority/vault/port.js';
import type { CheckpointSigner } from '../proofs/checkpoints/checkpoint-signer.js';
import type { Config } from '../config/config.js';
import type { EventStore } from '../event-store/port.js';
import { newCaching } from '../http/cache.js';
import type { Progress } from '../read-models/projector/progress.js';
import { readModelStatuses, type ReadModelStatus } from '../read-models/projector/status.js';
import { newAnswerNodeCounter } from './answer-node-limit.js';
import { newRecorder } from './recorder.js';
import type { ReadDatabaseHandle } from '../read-models/database/open.js';
import { ReadDatabaseUnusableError } from '../read-models/database/errors.js';
import { answeringVersion, tablesOf } from '../read-models/database/versions.js';
import { newClientSigner } from './client-signer.js';
import { todayIn } from '../time/civil-date.js';
import type { Moment } from '../time/moment.js';
import { momentAfter, resolveMoment, type MomentSources, type PeriodDates } from '../time/resolve.js';

/** How long a request waits for the read models to reach a position that it asks for. */
const READ_MODEL_TIMEOUT_MS = 3_000;

export interface ContextSources {
  readonly log: EventStore;
  readonly signer: Pick<CheckpointSigner, 'head' | 'newest'>;
  readonly database: ReadDatabaseHandle;
  readonly progress: Progress;
  readonly vault: Vault;
  readonly reading: Config['reading'];
  readonly timeZone: string;
  readonly clock: () => Date;
}

/**
 * What one request sees: one present, one projected position, one version of the read models (time rule 12).
 *
 * @param identity who asks, already authenticated; null for an anonymous request
 */
export async function newContext(
  { log, signer: anySigner, database, progress, vault, reading, timeZone, clock }: ContextSources,
  identity: Identity | null,
): Promise<Context> {
  const answering = await answeringVersion(database.reading);
  if (!answering) {
    // Another release has taken over and has pruned the read models of this one. A server of that release can answer.
    throw new ReadDatabaseUnusableError(
      'UNREACHABLE',
      'The read models of this release are gone; another release has taken over. End this server.',
    );
  }
  const read = tablesOf(database.reading, answering.version);
  const now = clock();
  const present = { today: todayIn(timeZone, now), now: now.toISOString(), projectedPosition: answering.position };
  const signer = newClientSigner(anySigner);
  const caching = newCaching(reading === 'public' ? 'PUBLIC' : 'PRIVATE');
  let reachedPosition = answering.position;
  const sources: MomentSources = {
    log,
    async waitForPosition(position) {
      if (position <= reachedPosition) return true;
      const isReached = await progress.waitForPosition(position, READ_MODEL_TIMEOUT_MS);
      if (isReached) reachedPosition = Math.max(reachedPosition, position);
      return isReached;
    },
    periodDates: async (key): Promise<PeriodDates | null> => {
      const period = (await allPeriods(read, answering.position)).find((candidate) => candidate.key === key);
      return period
        ? { referenceDate: period.referenceDate, publishedAt: period.publications[0]?.position ?? null }
        : null;
    },
  };
  const moments = new Map<string, Promise<Moment>>();
  return {
    log,
    signer,
    read,
    present,
    caching,
    progress,
    async moment(at, argument) {
      const request = at ?? {};
      const cacheKey = JSON.stringify(request);
      const resolving = moments.get(cacheKey) ?? resolveMoment(request, present, sources, argument);
      moments.set(cacheKey, resolving);
      const moment = await resolving;
      caching.dependsOn(moment.immutable ? 'PINNED' : 'HEAD');
      return moment;
    },
    momentAfter(event, argument) {
      caching.dependsOn('HEAD');
      return momentAfter(event, present, sources, argument);
    },
    projections: (): Promise<ReadModelStatus[]> => readModelStatuses(database, log),
    identity,
    authorise: (permission) => authorise(identity, permission),
    vault,
    countNodes: newAnswerNodeCounter(),
    recorder: newRecorder(log, read, sources.waitForPosition),
    waitForPosition: sources.waitForPosition,
  };
}
