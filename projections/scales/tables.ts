import { defineTable, integer, text, type RowOf } from '../table.js';

/** A scale as defined or revised at a position. */
export const scaleVersionTable = defineTable('scale_version', {
  columns: {
    position: integer,
    key: text,
    subject_kind: text,
    kind: text,
    /** JSON: { label, levels } as in the event. */
    definition: text,
    /** Position of the revision that replaced it, FOREVER while none has. */
    known_until: integer,
  },
  primaryKey: ['position'],
  madeAt: 'position',
  closedAt: 'known_until',
  indexes: [['key', 'position']],
});
export type ScaleVersionRow = RowOf<typeof scaleVersionTable>;
