import { reportFigures } from '../../projections/reports/figures.js';
import { reportsAt, type PrintedReport } from '../../projections/reports/queries.js';
import { oncePerRequest, sameKey } from '../loaders.js';

/** The reports that are recorded by a position, in order of recording. */
export const reportsRecordedBy = oncePerRequest((position: number, { read }) => reportsAt(read, position), sameKey);

/** What the figures of a report are computed from, as seen from a position. */
export const figuresOfReport = oncePerRequest(
  ({ report, position }: { readonly report: PrintedReport; readonly position: number }, { read }) =>
    reportFigures(read, report, position),
  ({ report, position }) => `${report.key}@${position}`,
);
