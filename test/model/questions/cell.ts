import { changesBy } from '../fold/changes.js';
import { absence, endOf, everHeld } from '../fold/explanation.js';
import { streamOf, type Log, type Moment } from '../fold/log.js';
import { lifetimeAt, statusAt, timelineAt } from '../fold/timeline.js';
import { inOrder } from './order.js';
import { changeFields, levelFields, shownChange, shownLevel, shownStatus, statusFields } from './shown.js';

/** Everything that the API says of one subject on one scale. */
const document = (field: 'region' | 'project') => `
  query ($key: ID!, $scale: ID!, $at: At) {
    subject: ${field}(key: $key, at: $at) {
      status(scale: $scale) { ...statusFields }
      timeline(scale: $scale) { ...statusFields }
      changes(scale: $scale, first: 200) { totalCount nodes { ...changeFields } }
      ever: changes(scale: $scale, includeSuperseded: true, first: 200) { totalCount nodes { ...changeFields } }
      explain(scale: $scale) {
        status { ...statusFields } absence
        statements { level { ...levelFields } effectiveOn knownFrom knownUntil endedBy reason event { position } }
      }
    }
  }
  ${statusFields} ${changeFields} ${levelFields}`;

export const cellDocuments = { REGION: document('region'), PROJECT: document('project') };

export function shownCell(log: Log, kind: 'REGION' | 'PROJECT', key: string, scale: string, moment: Moment) {
  const stream = streamOf(kind, key);
  if (!lifetimeAt(log, stream, moment.position).registration) return { subject: null };
  const entry = statusAt(log, stream, scale, moment);
  const status = entry && shownStatus(log, entry, moment);
  const ever = inOrder(changesBy(log, stream, scale, moment.position), 'EFFECTIVE_ON', 'ASC');
  const changes = ever.filter(({ supersededBy }) => supersededBy === null);
  const page = (list: typeof ever) => ({
    totalCount: list.length,
    nodes: list.map((change) => shownChange(log, change, moment)),
  });
  return {
    subject: {
      status,
      timeline: timelineAt(log, stream, scale, moment.position).map((each) => shownStatus(log, each, moment)),
      changes: page(changes),
      ever: page(ever),
      explain: {
        status,
        absence: absence(log, stream, scale, moment),
        statements: everHeld(log, stream, scale, moment).map((version) => {
          const end = endOf(log, version, moment.position);
          return {
            level: shownLevel(log, scale, version.level, moment),
            effectiveOn: version.effectiveOn,
            knownFrom: version.event.recordedAt,
            knownUntil: end?.event.recordedAt ?? null,
            endedBy: end?.by ?? null,
            reason: version.reason,
            event: { position: String(version.event.position) },
          };
        }),
      },
    },
  };
}
