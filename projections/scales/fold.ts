import type { DomainEvent } from '../../events/domain-event.js';
import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import { defineReadModel, type Fold } from '../read-model.js';
import { FOREVER, type TablesOf } from '../table.js';
import { scaleVersionTable, type ScaleVersionRow } from './tables.js';

/** The scales with their labels, levels and definitions, as known at any position. */
export const scales = defineReadModel('scales', { tables: [scaleVersionTable], revision: 1, newFold });

const definition = (data: { label: unknown; levels: unknown }): string =>
  JSON.stringify({ label: data.label, levels: data.levels });

function newFold(): Fold<TablesOf<typeof scaleVersionTable>> {
  return {
    async apply(events, writer) {
      // Definitions are rare, and a revision reads what the one before it wrote: so rows are written one at a time.
      for (const event of events) {
        if (event.type === 'ScaleDefined') {
          const { subjectKind, kind } = event.data;
          await writer.insert('scale_version', [rowOf(event, event.data, subjectKind, kind)]);
        } else if (event.type === 'ScaleRevised') {
          const current = await writer.db
            .selectFrom('scale_version')
            .selectAll()
            .where('key', '=', event.data.key)
            .where('known_until', '=', FOREVER)
            .executeTakeFirst();
          if (!current) throw new UnplaceableEventError(`Scale '${event.data.key}' is revised before it is defined.`);
          await writer.close('scale_version', [
            { key: { position: current.position }, set: { known_until: event.position } },
          ]);
          await writer.insert('scale_version', [rowOf(event, event.data, current.subject_kind, current.kind)]);
        }
      }
    },
    forget() {},
  };
}

const rowOf = (
  event: DomainEvent,
  data: { key: string; label: unknown; levels: unknown },
  subjectKind: string,
  kind: string,
): ScaleVersionRow => ({
  position: event.position,
  key: data.key,
  subject_kind: subjectKind,
  kind,
  definition: definition(data),
  known_until: FOREVER,
});
