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

/** So many versions of statements are kept in memory between batches, some 800 bytes each; see `recall`. */
const MAX_VERSIONS_IN_MEMORY = 1_000_000;

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
      await recall(subjects, events, writer.db);
      const buffer = newWriteBuffer();
      for (const event of events) {
        orders.apply(event);
        place(event, subjects, orders, buffer);
      }
      await buffer.write(writer);
    },
    forget() {
      subjects.clear();
      orders.forget();
    },
  };
}

/** Brings the subjects that the batch is about into memory, for which others may have to give way: they are read again when needed. */
async function recall(
  subjects: Map<string, SubjectState>,
  events: readonly DomainEvent[],
  db: Kysely<StatementTables>,
): Promise<void> {
  const needed = new Set(events.map(({ stream }) => stream));
  if (versionsOf(subjects) > MAX_VERSIONS_IN_MEMORY) {
    for (const stream of subjects.keys()) if (!needed.has(stream)) subjects.delete(stream);
  }
  const missing = new Map<string, { kind: AnySubjectKind; key: string }>();
  for (const stream of needed) {
    const subject = subjects.has(stream) ? null : subjectOfStream(stream);
    if (subject) missing.set(stream, subject);
  }
  for (const state of await loadSubjectStates(db, [...missing.values()])) subjects.set(streamOfSubject(state), state);
}

function versionsOf(subjects: ReadonlyMap<string, SubjectState>): number {
  let count = 0;
  for (const { cells } of subjects.values()) for (const { versions } of cells.values()) count += versions.length;
  return count;
}

function place(
  event: DomainEvent,
  subjects: Map<string, SubjectState>,
  orders: LevelOrders,
  buffer: WriteBuffer,
): void {
  const news = statementChange(event);
  if (!news) return;
  const subject = subjects.get(event.stream) ?? enter(event, subjects, buffer);
  switch (news.kind) {
    case 'STATED':
      state(event, subject, news.content, event.position, buffer);
      refresh(event, subject, news.content.scale, [news.content], orders, buffer);
      return;
    case 'CORRECTED': {
      const { scale, version } = find(subject, news.corrects, event);
      if (scale !== news.content.scale) {
        throw new UnplaceableEventError(
          `A correction keeps its scale: the statement is on '${scale}', not '${news.content.scale}'.`,
        );
      }
      end(event, subject, scale, version, 'CORRECTION', buffer);
      state(event, subject, news.content, version.rank, buffer);
      refresh(event, subject, scale, [version, news.content], orders, buffer);
      return;
    }
    case 'WITHDRAWN': {
      const { scale, version } = find(subject, news.withdraws, event);
      end(event, subject, scale, version, 'WITHDRAWAL', buffer);
      refresh(event, subject, scale, [version], orders, buffer);
    }
  }
}

/** A subject comes to be known by its registration. */
function enter(event: DomainEvent, subjects: Map<string, SubjectState>, buffer: WriteBuffer): SubjectState {
  const name = subjectOfStream(event.stream);
  const registers =
    event.type === 'RegionRegistered' || event.type === 'ProjectRegistered' || event.type === 'OrganisationRegistered';
  if (!name || !registers)
    throw new UnplaceableEventError(`${event.type} needs a registered subject; '${event.stream}' has none.`);
  const subject: SubjectState = { id: event.position, ...name, cells: new Map() };
  buffer.subject({ id: subject.id, ...name, summary: event.type === 'ProjectRegistered' ? event.data.summary : null });
  subjects.set(event.stream, subject);
  return subject;
}

function find(subject: SubjectState, eventId: string, event: DomainEvent): { scale: string; version: Version } {
  for (const [scale, cell] of subject.cells) {
    const version = cell.versions.find((candidate) => candidate.eventId === eventId);
    if (version) return { scale, version };
  }
  throw new UnplaceableEventError(
    `${event.type} names event ${eventId}, which made no version that is known in '${event.stream}'.`,
  );
}

function state(
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
  buffer.statement(subject.id, version, content, event);
}

function end(
  event: DomainEvent,
  subject: SubjectState,
  scale: string,
  version: Version,
  by: 'CORRECTION' | 'WITHDRAWAL',
  buffer: WriteBuffer,
): void {
  removeVersion(cellOf(subject, scale), version);
  buffer.endOfStatement(version.position, event, by);
}

/** Derives the changes of the cell anew around what came and went; news of the lifetime clips every cell of the subject. */
function refresh(
  event: DomainEvent,
  subject: SubjectState,
  scale: string,
  news: readonly { readonly effectiveOn: string }[],
  orders: LevelOrders,
  buffer: WriteBuffer,
): void {
  const known = cellOf(subject, 'existence').versions;
  const lifetime = lifetimeOf(known);
  const retirement = known.find(
    ({ level, effectiveOn }) => level === existence.retired && effectiveOn === lifetime.retiredOn,
  );
  const dates = news.map(({ effectiveOn }) => effectiveOn).sort();
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
    buffer.endOfChanges(ended, event);
    buffer.changes(subject, name, begun, event);
  }
}
