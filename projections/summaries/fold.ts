import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import { subjectOfStream } from '../../events/streams.js';
import { defineReadModel } from '../read-model.js';
import { subjectIdOf } from '../statements/subject-id.js';
import { subjectTable } from '../statements/tables.js';
import { summaryTable } from './tables.js';

/** What projects are about, where it came to be known after their registration. */
export const summaries = defineReadModel('summaries', {
  tables: [summaryTable],
  reads: [subjectTable],
  revision: 1,
  folds: {
    async ProjectSummarised({ position, id, stream, data }, { db, insert }) {
      const name = subjectOfStream(stream);
      const subject = name && (await subjectIdOf(db, name));
      if (subject === null)
        throw new UnplaceableEventError(`A summary needs a registered project; '${stream}' has none.`);
      insert('summary', { position, subject, text: data.summary, event_id: id });
    },
  },
});
