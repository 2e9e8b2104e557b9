import type { Label } from '../../../events/primitives.js';
import type { Level } from '../../../events/scales.js';
import { eventAt, kept, type Log } from './log.js';

export interface Scale {
  readonly key: string;
  readonly subjectKind: 'REGION' | 'PROJECT';
  readonly kind: 'ORDINAL' | 'NOMINAL';
  readonly label: Label;
  readonly levels: readonly Level[];
}

/** Rule 5: scale definitions are read as at the position; here in order of definition. */
export const scalesAt = kept((log: Log, position): readonly Scale[] => {
  if (position === 0) return [];
  const before = scalesAt(log, position - 1);
  const event = eventAt(log, position);
  if (event.type === 'ScaleDefined') return [...before, event.data];
  if (event.type !== 'ScaleRevised') return before;
  const { key, label, levels } = event.data;
  return before.map((scale) => (scale.key === key ? { ...scale, label, levels } : scale));
});

export const scaleAt = (log: Log, key: string, position: number): Scale | null =>
  scalesAt(log, position).find((scale) => scale.key === key) ?? null;

/** The place of a level on an ordinal scale, from 1; null on any other scale. */
export function levelRank(log: Log, key: string, level: string, position: number): number | null {
  const scale = scaleAt(log, key, position);
  if (scale?.kind !== 'ORDINAL') return null;
  return scale.levels.findIndex((each) => each.key === level) + 1;
}

export const assessing = (log: Log, subjectKind: string, position: number): string[] =>
  scalesAt(log, position)
    .filter((scale) => scale.subjectKind === subjectKind)
    .map(({ key }) => key);
