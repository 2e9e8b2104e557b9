import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import { subjectOfStream } from '../../events/streams.js';
import { defineReadModel } from '../read-model.js';
import { subjectIdOf } from '../statements/subject-id.js';
import { subjectTable } from '../statements/tables.js';
import { milestoneTable } from './tables.js';

const firstDay = (dated: string): string => `${dated}${'-01'.repeat((10 - dated.length) / 3)}`;

/** Dated facts about subjects and about the programme. */
export const milestones = defineReadModel('milestones', {
  tables: [milestoneTable],
  reads: [subjectTable],
  revision: 1,
  folds: {
    async MilestoneRecorded({ position, id, stream, data: { on, precision, text } }, { db, insert }) {
      const name = subjectOfStream(stream);
      const subject = name && (await subjectIdOf(db, name));
      if (name && subject === null) {
        throw new UnplaceableEventError(`A milestone needs a registered subject; '${stream}' has none.`);
      }
      insert('milestone', { position, subject, dated: on, first_day: firstDay(on), precision, text, event_id: id });
    },
  },
});
