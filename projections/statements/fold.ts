import type { Kysely } from 'kysely';
import { statementChange, type DomainEvent } from '../../events/domain-event.js';
import type { StatementContent } from '../../events/statement-change.js';
import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import { existence, isReservedScale } from '../../events/reserved-scales.js';
import { streamOfSubject, subjectOfStream, type AnySubjectKind } from '../../events/streams.js';
import { defineReadModel, type Fold } from '../read-model.js';
import { newLevelOrders, type LevelOrders } from '../scales/level-orders.js';
import { removeVersion, type Version } from './cell.js';
import { newWriteBuffer, type WriteBuffer } from './write-buffer.js';
import { refreshChanges } from './refresh.js';
import { cellOf, loadSubjectStates, type SubjectState } from './subject-state.js';
import { scaleVersionTable } from '../scales/tables.js';
import type { TablesOf } from '../table.js';
import { statementTable, statusChangeTable, subjectTable, type StatementTables } from './tables.js';
import { lifetimeOf } from '../../events/lifetime.js';
import { insertInOrder } from '../../events/statement-order.js';

/** Versions of statements that are kept in memory between batches, of some 800 bytes each. */
const MAX_CACHED_VERSION_COUNT = 1_000_000;

/** Registrations, names, care offices, parents, lifetimes and levels: everything that is stated about a subject. */
export const statements = defineReadModel('statements', {
  tables: [subjectTable, statementTable, statusChangeTable],
  reads: [scaleVersionTable],
  revision: 2,
  newFold,
});

function newFold(): Fold<StatementTables, StatementTables & TablesOf<typeof scaleVersionTable>> {
  const subjects = new Map<string, SubjectState>();
  const orders = newLevelOrders();

  return {
    async apply(events, writer) {
      await orders.prepare(writer.db);
      await loadSubjectsOf(subjects, events, writer.db);
      const buffer = newWriteBuffer();
      for (const event of events) {
        orders.apply(event);
        applyEvent(event, subjects, orders, buffer);
      }
      await buffer.flush(writer);
    },
    forget() {
      subjects.clear();
      orders.forget();
    },
  };
}

/** Loads the subjects that the batch is about. Where the memory is full, subjects that it is not about are dropped from it. */
async function loadSubjectsOf(
  subjects: Map<string, SubjectState>,
  events: readonly DomainEvent[],
  db: Kysely<StatementTables>,
): Promise<void> {
  const needed = new Set(events.map(({ stream }) => stream));
  if (countVersions(subjects) > MAX_CACHED_VERSION_COUNT) {
    for (const stream of subjects.keys()) if (!needed.has(stream)) subjects.delete(stream);
  }
  const missing = new Map<string, { kind: AnySubjectKind; key: string }>();
  for (const stream of needed) {
    const subject = subjects.has(stream) ? null : subjectOfStream(stream);
    if (subject) missing.set(stream, subject);
  }
  for (const state of await loadSubjectStates(db, [...missing.values()])) subjects.set(streamOfSubject(state), state);
}

function countVersions(subjects: ReadonlyMap<string, SubjectState>): number {
  let count = 0;
  for (const { cells } of subjects.values()) for (const { versions } of cells.values()) count += versions.length;
  return count;
}

function applyEvent(
  event: DomainEvent,
  subjects: Map<string, SubjectState>,
  orders: LevelOrders,
  buffer: WriteBuffer,
): void {
  const change = statementChange(event);
  if (!change) return;
  const subject = subjects.get(event.stream) ?? registerSubject(event, subjects, buffer);
  switch (change.kind) {
    case 'STATED':
      addVersion(event, subject, change.content, event.position, buffer);
      updateChanges(event, subject, change.content.scale, [change.content], orders, buffer);
      return;
    case 'CORRECTED': {
      const { scale, version } = findVersion(subject, change.corrects, event);
      if (scale !== change.content.scale) {
        throw new UnplaceableEventError(
          `A correction keeps its scale: the statement is on '${scale}', not '${change.content.scale}'.`,
        );
      }
      endVersion(event, subject, scale, version, 'CORRECTION', buffer);
      addVersion(event, subject, change.content, version.rank, buffer);
      updateChanges(event, subject, scale, [version, change.content], orders, buffer);
      return;
    }
    case 'WITHDRAWN': {
      const { scale, version } = findVersion(subject, change.withdraws, event);
      endVersion(event, subject, scale, version, 'WITHDRAWAL', buffer);
      updateChanges(event, subject, scale, [version], orders, buffer);
    }
  }
}

/** @throws {UnplaceableEventError} where the event is not a registration */
function registerSubject(event: DomainEvent, subjects: Map<string, SubjectState>, buffer: WriteBuffer): SubjectState {
  const name = subjectOfStream(event.stream);
  const registers =
    event.type === 'RegionRegistered' || event.type === 'ProjectRegistered' || event.type === 'OrganisationRegistered';
  if (!name || !registers)
    throw new UnplaceableEventError(`${event.type} needs a registered subject; '${event.stream}' has none.`);
  const subject: SubjectState = { id: event.position, ...name, cells: new Map() };
  buffer.addSubject({
    id: subject.id,
    ...name,
    summary: event.type === 'ProjectRegistered' ? event.data.summary : null,
  });
  subjects.set(event.stream, subject);
  return subject;
}

function findVersion(subject: SubjectState, eventId: string, event: DomainEvent): { scale: string; version: Version } {
  for (const [scale, cell] of subject.cells) {
    const version = cell.versions.find((candidate) => candidate.eventId === eventId);
    if (version) return { scale, version };
  }
  throw new UnplaceableEventError(
    `${event.type} names event ${eventId}, which made no version that is known in '${event.stream}'.`,
  );
}

function addVersion(
  event: DomainEvent,
  subject: SubjectState,
  content: StatementContent,
  rank: number,
  buffer: WriteBuffer,
): void {
  const { scale, level, effectiveOn, basis } = content;
  const version: Version = {
    position: event.position,
    rank,
    effectiveOn,
    level,
    eventId: event.id,
    basis,
    actor: event.actor,
  };
  insertInOrder(cellOf(subject, scale).versions, version);
  buffer.addStatement(subject.id, version, content, event);
}

function endVersion(
  event: DomainEvent,
  subject: SubjectState,
  scale: string,
  version: Version,
  by: 'CORRECTION' | 'WITHDRAWAL',
  buffer: WriteBuffer,
): void {
  removeVersion(cellOf(subject, scale), version);
  buffer.endStatement(version.position, event, by);
}

/** Updates the changes of the cell around the dates of the given versions. The lifetime concerns every cell of the subject. */
function updateChanges(
  event: DomainEvent,
  subject: SubjectState,
  scale: string,
  touched: readonly { readonly effectiveOn: string }[],
  orders: LevelOrders,
  buffer: WriteBuffer,
): void {
  const known = cellOf(subject, 'existence').versions;
  const lifetime = lifetimeOf(known);
  const retirement = known.find(
    ({ level, effectiveOn }) => level === existence.retired && effectiveOn === lifetime.retiredOn,
  );
  const dates = touched.map(({ effectiveOn }) => effectiveOn).sort();
  const [affected, span] =
    scale === 'existence'
      ? [[...subject.cells.keys()].sort(), null]
      : [[scale], { first: dates[0] ?? '', last: dates.at(-1) ?? '' }];
  let ordinal = 0;
  for (const name of affected) {
    const order = isReservedScale(name) ? null : orders.of(name);
    const rowOf = (index: number) => ({ knownFrom: event.position, ordinal: ordinal + index });
    const { ended, begun } = refreshChanges(cellOf(subject, name), {
      lifetime,
      retirement: retirement ?? null,
      order,
      rowOf,
      span,
    });
    ordinal += begun.length;
    buffer.endChanges(ended, event);
    buffer.addChanges(subject, name, begun, event);
  }
}
