import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import { subjectOfStream } from '../../events/streams.js';
import { type Fold, type ReadModel } from '../read-model.js';
import { subjectIdOf } from '../statements/queries/subject-id.js';
import { summaryTable, type SummaryRow } from './tables.js';

/** What projects are about, where it came to be known after their registration. */
export const summaries: ReadModel = { name: 'summaries', tables: [summaryTable], revision: 1, newFold };

function newFold(): Fold {
  return {
    // Runs after the statements fold of the same batch, so that the subject's row is there.
    async apply(events, writer) {
      const rows: SummaryRow[] = [];
      for (const { type, data, position, stream, id } of events) {
        if (type !== 'ProjectSummarised') continue;
        const name = subjectOfStream(stream);
        const subject = name && (await subjectIdOf(writer.db, name));
        if (subject === null)
          throw new UnplaceableEventError(`A summary needs a registered project; '${stream}' has none.`);
        rows.push({ position, subject, text: data.summary, event_id: id });
      }
      await writer.insert('summary', rows);
    },
    forget() {},
  };
}
