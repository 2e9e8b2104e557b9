import type { ProposedEvent } from '../proposed-event.js';
import type { WriteModel, ScaleView } from './write-model.js';

type Definitions = Pick<WriteModel, 'scale' | 'referenceDate' | 'hasReport'>;

/** The scales, periods and reports of a history, on top of an earlier one's. */
export function newDefinitions(base: Definitions): Definitions & { apply(event: ProposedEvent): void } {
  const scales = new Map<string, ScaleView>();
  const periods = new Map<string, string>();
  const reports = new Set<string>();
  const scale = (key: string) => scales.get(key) ?? base.scale(key);

  return {
    scale,
    referenceDate: (period) => periods.get(period) ?? base.referenceDate(period),
    hasReport: (key) => reports.has(key) || base.hasReport(key),
    apply(event) {
      switch (event.type) {
        case 'ScaleDefined': {
          const { key, kind, subjectKind, levels } = event.data;
          scales.set(key, { kind, subjectKind, levels: levels.map((level) => level.key) });
          return;
        }
        case 'ScaleRevised': {
          const { key, levels } = event.data;
          const before = scale(key);
          if (before) scales.set(key, { ...before, levels: levels.map((level) => level.key) });
          return;
        }
        case 'PeriodDefined':
          periods.set(event.data.key, event.data.referenceDate);
          return;
        case 'ReportPublished':
          reports.add(event.data.key);
          return;
        default:
      }
    },
  };
}
