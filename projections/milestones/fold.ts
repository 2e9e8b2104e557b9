import type { DomainEvent } from '../../events/domain-event.js';
import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import { subjectOfStream, type SubjectName } from '../../events/streams.js';
import { type Fold, type ReadModel, type Writer } from '../read-model.js';
import { subjectIdOf } from '../statements/queries/subject-id.js';
import { milestoneTable, type MilestoneRow } from './tables.js';

/** Dated facts about subjects and about the programme. */
export const milestones: ReadModel = { name: 'milestones', tables: [milestoneTable], revision: 1, newFold };

function newFold(): Fold {
  return {
    // Runs after the statements fold of the same batch, so that the subject's row is there.
    async apply(events, writer) {
      const rows: MilestoneRow[] = [];
      for (const event of events) if (event.type === 'MilestoneRecorded') rows.push(await rowOf(event, writer));
      await writer.insert('milestone', rows);
    },
    forget() {},
  };
}

const firstDay = (dated: string): string => `${dated}${'-01'.repeat((10 - dated.length) / 3)}`;

async function rowOf(event: DomainEvent & { type: 'MilestoneRecorded' }, writer: Writer): Promise<MilestoneRow> {
  const { on, precision, text } = event.data;
  const name = subjectOfStream(event.stream);
  return {
    position: event.position,
    subject: name ? await subjectId(name, event.stream, writer) : null,
    dated: on,
    first_day: firstDay(on),
    precision,
    text,
    event_id: event.id,
  };
}

async function subjectId(name: SubjectName, stream: string, { db }: Writer): Promise<number> {
  const id = await subjectIdOf(db, name);
  if (id === null) throw new UnplaceableEventError(`A milestone needs a registered subject; '${stream}' has none.`);
  return id;
}
