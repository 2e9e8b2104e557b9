import type { DomainEvent } from '../../events/domain-event.js';
import type { StatementContent } from '../../events/statement-change.js';
import type { Writer } from '../read-model.js';
import { FOREVER } from '../table.js';
import type { CurrentChange, Version } from './cell.js';
import type { SubjectState } from './subject-state.js';
import type { StatementRow, StatementTables, StatusChangeRow, SubjectRow } from './tables.js';

/** The rows that a batch adds and closes, collected so that they are written in a few SQL statements. */
export interface WriteBuffer {
  addSubject(row: SubjectRow): void;
  addStatement(subject: number, version: Version, content: StatementContent, event: DomainEvent): void;
  endStatement(position: number, event: DomainEvent, by: 'CORRECTION' | 'WITHDRAWAL'): void;
  addChanges(subject: SubjectState, scale: string, begun: readonly CurrentChange[], event: DomainEvent): void;
  endChanges(ended: readonly CurrentChange[], event: DomainEvent): void;
  flush(writer: Writer<StatementTables>): Promise<void>;
}

type StatementEnd = Pick<StatementRow, 'known_until' | 'ended_by' | 'ended_at'>;
type ChangeEnd = Pick<StatusChangeRow, 'superseded_by' | 'superseded_at'>;

const changeId = (knownFrom: number, ordinal: number): string => `${knownFrom}.${ordinal}`;

export function newWriteBuffer(): WriteBuffer {
  const subjects: SubjectRow[] = [];
  const statements = new Map<number, StatementRow>();
  const changes = new Map<string, StatusChangeRow>();
  const statementEnds: { key: { position: number }; set: StatementEnd }[] = [];
  const changeEnds: { key: { known_from: number; ordinal: number }; set: ChangeEnd }[] = [];

  return {
    addSubject: (row) => void subjects.push(row),
    addStatement(subject, version, content, event) {
      statements.set(version.position, {
        position: version.position,
        subject,
        scale: content.scale,
        effective_on: content.effectiveOn,
        rank: version.rank,
        level: content.level,
        basis: content.basis,
        reason: content.reason,
        evidence: JSON.stringify(content.evidence),
        event_id: event.id,
        recorded_at: event.recordedAt,
        actor: event.actor,
        known_until: FOREVER,
        ended_by: null,
        ended_at: null,
      });
    },
    endStatement(position, event, by) {
      const set: StatementEnd = { known_until: event.position, ended_by: by, ended_at: event.recordedAt };
      const buffered = statements.get(position);
      if (buffered) Object.assign(buffered, set);
      else statementEnds.push({ key: { position }, set });
    },
    addChanges(subject, scale, begun, event) {
      for (const change of begun) {
        const row = changeRow(subject, scale, change, event);
        changes.set(changeId(row.known_from, row.ordinal), row);
      }
    },
    endChanges(ended, event) {
      const set: ChangeEnd = { superseded_by: event.position, superseded_at: event.recordedAt };
      for (const { row } of ended) {
        if (!row) continue;
        const buffered = changes.get(changeId(row.knownFrom, row.ordinal));
        if (buffered) Object.assign(buffered, set);
        else changeEnds.push({ key: { known_from: row.knownFrom, ordinal: row.ordinal }, set });
      }
    },
    async flush(writer) {
      await writer.insert('subject', subjects);
      await writer.insert('statement', [...statements.values()]);
      await writer.insert('status_change', [...changes.values()]);
      await writer.close('statement', statementEnds);
      await writer.close('status_change', changeEnds);
    },
  };
}

function changeRow(subject: SubjectState, scale: string, change: CurrentChange, event: DomainEvent): StatusChangeRow {
  const { from, to, retirement, row } = change;
  const last = to ?? retirement;
  if (!last || !row) throw new Error('A change ends in a statement or in a retirement.');
  return {
    known_from: row.knownFrom,
    ordinal: row.ordinal,
    subject: subject.id,
    kind: subject.kind,
    scale,
    from_level: from?.level ?? null,
    to_level: to?.level ?? null,
    direction: change.direction,
    effective_on: change.effectiveOn,
    changed_after: change.changedAfter,
    from_statement: from?.position ?? null,
    to_statement: last.position,
    basis: to?.basis ?? null,
    recorded_by: last.actor,
    known_from_at: event.recordedAt,
    superseded_by: FOREVER,
    superseded_at: null,
  };
}
