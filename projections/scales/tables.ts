import { integer, text, type TableDefinition } from '../table.js';

/** A scale as defined or revised at a position. */
export interface ScaleVersionRow {
  position: number;
  key: string;
  subject_kind: string;
  kind: string;
  /** JSON: { label, levels } as in the event. */
  definition: string;
  /** Position of the revision that replaced it, FOREVER while none has. */
  known_until: number;
}

export const scaleVersionTable: TableDefinition = {
  name: 'scale_version',
  columns: [
    integer('position'),
    text('key'),
    text('subject_kind'),
    text('kind'),
    text('definition'),
    integer('known_until'),
  ],
  primaryKey: ['position'],
  madeAt: 'position',
  closedAt: 'known_until',
  indexes: [['key', 'position']],
};
