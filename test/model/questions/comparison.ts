import { compared, steps, type Compared } from '../fold/comparison.js';
import type { Filter } from '../fold/filter.js';
import { subjectOf, type Log, type Moment } from '../fold/log.js';
import { shownMoment, type MomentRequest } from '../fold/moments.js';
import { scaleAt } from '../fold/scales.js';
import { nameAt, registeredAt } from '../fold/subjects.js';
import { lifetimeAt, statusAt } from '../fold/timeline.js';
import { levelFields, momentFields, shownLevel, shownStatus, statusFields } from './shown.js';

export const comparisonDocument = `
  query ($scale: ID!, $from: At!, $to: At!, $filter: SubjectFilter) {
    comparison(scale: $scale, from: $from, to: $to, filter: $filter) {
      scale { key } from { ...momentFields } to { ...momentFields }
      rows { level { ...levelFields } before after change shareBefore shareAfter movement restatement }
      transitions {
        from { key } to { key } count
        subjects(first: 200) { totalCount nodes { key name moment { asOf position } } }
      }
      advanced regressed lateral unchanged entered left
      movers(first: 200) {
        totalCount
        nodes {
          subject { key name moment { asOf position } } from { ...statusFields } to { ...statusFields } direction
          changes { effectiveOn event { position } } restated
        }
      }
      up: movers(direction: [ADVANCE, ENTER], first: 200) { nodes { subject { key } } }
    }
  } ${levelFields} ${momentFields} ${statusFields}`;

const present = <T>(value: T | null): value is T => value !== null;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** As for tables: the levels of the newest of the two moments in their order, then whatever else was counted. */
function levelsOf(log: Log, scale: string, newest: number, subjects: readonly Compared[]): string[] {
  const defined = scaleAt(log, scale, newest)?.levels.map(({ key }) => key);
  const named =
    scale === 'care-office' ? registeredAt(log, 'ORGANISATION', newest).map((stream) => subjectOf(stream).key) : [];
  const others = subjects
    .flatMap(({ from, to, restated }) => [from, to, restated])
    .filter(present)
    .sort();
  return [...new Set([...(defined ?? named), ...others])];
}

export interface Question {
  readonly kind: 'REGION' | 'PROJECT';
  readonly scale: string;
  readonly filter: Filter;
}

export function shownComparison(
  log: Log,
  { kind, scale, filter }: Question,
  fromRequest: MomentRequest,
  toRequest: MomentRequest,
  today: string,
) {
  const [shownFrom, shownTo] = [shownMoment(log, fromRequest, today), shownMoment(log, toRequest, today)];
  const momentOf = ({ asOf, position }: typeof shownFrom): Moment => ({ asOf, position: Number(position) });
  const [from, to] = [momentOf(shownFrom), momentOf(shownTo)];
  const subjects = compared(log, kind, scale, filter, from, to);
  const newest = from.position > to.position ? from : to;
  const levels = levelsOf(log, scale, newest.position, subjects);

  const rows = levels.map((level) => {
    const before = subjects.filter((subject) => subject.from === level).length;
    const after = subjects.filter((subject) => subject.to === level).length;
    const restated = subjects.filter((subject) => subject.restated === level).length;
    return { level, before, after, movement: after - restated, restatement: restated - before };
  });
  const totalBefore = sum(rows.map(({ before }) => before));
  const totalAfter = sum(rows.map(({ after }) => after));

  /** Subjects are shown at 'to', but for those whose registration is not known there. */
  const shownSubject = ({ stream }: Compared) => {
    const moment = lifetimeAt(log, stream, to.position).registration ? to : from;
    const { asOf, position } = moment;
    return {
      key: subjectOf(stream).key,
      name: nameAt(log, stream, moment),
      moment: { asOf, position: String(position) },
    };
  };
  const ever = registeredEver(log, kind);
  const inOrder = (these: readonly Compared[]) =>
    [...these].sort((a, b) => ever.indexOf(a.stream) - ever.indexOf(b.stream));
  const counted = subjects.filter((subject) => subject.from !== null || subject.to !== null);
  const directed = (direction: string | null) => counted.filter((subject) => subject.direction === direction).length;
  const movers = inOrder(counted.filter(({ direction }) => direction !== null));
  const sides: (string | null)[] = [...levels, null];

  return {
    scale: { key: scale },
    from: shownFrom,
    to: shownTo,
    rows: rows.map(({ level, before, after, movement, restatement }) => ({
      level: shownLevel(log, scale, level, newest),
      before,
      after,
      change: after - before,
      shareBefore: totalBefore === 0 ? null : before / totalBefore,
      shareAfter: totalAfter === 0 ? null : after / totalAfter,
      movement,
      restatement,
    })),
    transitions: sides.flatMap((one) =>
      sides.flatMap((two) => {
        const members = inOrder(counted.filter((subject) => subject.from === one && subject.to === two));
        if (members.length === 0) return [];
        const nodes = members.map(shownSubject);
        const key = (level: string | null) => level && { key: level };
        return [{ from: key(one), to: key(two), count: members.length, subjects: { totalCount: nodes.length, nodes } }];
      }),
    ),
    advanced: directed('ADVANCE'),
    regressed: directed('REGRESS'),
    lateral: directed('LATERAL'),
    unchanged: directed(null),
    entered: directed('ENTER'),
    left: directed('LEAVE'),
    movers: {
      totalCount: movers.length,
      nodes: movers.map((mover) => {
        const statusOn = (level: string | null, moment: Moment) => {
          const entry = level === null ? null : statusAt(log, mover.stream, scale, moment);
          return entry && shownStatus(log, entry, moment);
        };
        return {
          subject: shownSubject(mover),
          from: statusOn(mover.from, from),
          to: statusOn(mover.to, to),
          direction: mover.direction,
          changes: steps(log, mover.stream, scale, from, to).map(({ effectiveOn, ending }) => ({
            effectiveOn,
            event: { position: String(ending.event.position) },
          })),
          restated: mover.from !== mover.restated,
        };
      }),
    },
    up: {
      nodes: movers
        .filter(({ direction }) => direction === 'ADVANCE' || direction === 'ENTER')
        .map(({ stream }) => ({ subject: { key: subjectOf(stream).key } })),
    },
  };
}

/** In order of registration. */
const registeredEver = (log: Log, kind: string): string[] =>
  log.flatMap(({ type, stream }) => (type.endsWith('Registered') && subjectOf(stream).kind === kind ? [stream] : []));
