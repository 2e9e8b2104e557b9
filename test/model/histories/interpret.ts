import { regionsValue } from '../../../events/reserved-scales.js';
import type { EventData } from '../../../events/event-types.js';
import type { Version } from '../../../src/commands/write-model/write-model.js';
import { existsOn } from '../../../events/lifetime.js';
import { defineScale, registerOrganisation, registerProject, registerRegion, scaleKeys } from './begin.js';
import type { Command } from './command.js';
import type { Pen } from './pen.js';
import {
  actors,
  bases,
  dates,
  evidences,
  label,
  level,
  names,
  organisationKeys,
  projectKeys,
  regionKeys,
} from './vocabulary.js';

const pick = <T>(from: readonly T[], number: number): T | undefined => from[number % from.length];

/** Lets a command happen, as far as it can: what the numbers mean depends on what there is. */
export function interpret(pen: Pen, command: Command): void {
  const { act, who, what, date, ground } = command;
  const { model } = pen;
  const streams = [...regionKeys.map((key) => `region-${key}`), ...projectKeys.map((key) => `project-${key}`)];
  const subjects = streams.filter((stream) => model.subject(stream));
  const organisations = organisationKeys.map((key) => `organisation-${key}`).filter((stream) => model.subject(stream));
  const stream = pick(subjects, who) as string;
  const actor = pick(actors, ground) as string;
  const basis = pick(bases, ground) as 'OBSERVED';
  const evidence = [...(pick(evidences, ground) ?? [])];
  const anyDate = pick(dates, date) as string;
  const noted = { reason: ground % 2 === 0 ? 'So it was.' : 'As agreed.', evidence };

  /** A date that a new statement about the subject may have, where there is one. */
  const dateWithin = (of: string): string => {
    const lifetime = model.subject(of)?.lifetime;
    return pick(lifetime ? dates.filter((day) => existsOn(lifetime, day)) : dates, date) ?? anyDate;
  };

  const state = (scale: string, value: string): void =>
    pen.write(stream, 'StatusStated', { scale, level: value, effectiveOn: dateWithin(stream), basis, ...noted }, actor);

  /** What stands, of subjects and of organisations, and can be corrected or withdrawn. */
  const standing = (wanted: (version: Version) => boolean): Version | undefined => {
    const versions = [...subjects, ...organisations]
      .flatMap((of) => [...(model.subject(of)?.versionsByScale.values() ?? [])].flat())
      .filter(wanted);
    return pick(versions, who * 12 + what);
  };

  const correct = (version: Version | undefined, changes: Partial<EventData['StatusCorrected']>): void => {
    if (!version) return;
    const { eventId, scale, effectiveOn } = version;
    const content = { scale, level: version.level, effectiveOn, basis: version.basis };
    const unchanged = { corrects: eventId, ...content, evidence: pen.evidenceOf(eventId), reason: 'It was wrong.' };
    pen.write(version.stream, 'StatusCorrected', { ...unchanged, ...changes }, actor);
  };

  const levelsOn = (scale: string): readonly string[] => {
    switch (scale) {
      case 'name':
        return names;
      case 'care-office':
        return organisationKeys;
      case 'parent':
        return regionKeys;
      case 'regions':
        return [...regionKeys, regionsValue(['r1', 'r2']), regionsValue(['r2', 'r3'])];
      default:
        return model.scale(scale)?.levels ?? [];
    }
  };
  const isOrdinary = ({ scale }: Version): boolean => scale !== 'existence';
  const isLifetime = ({ scale }: Version): boolean => scale === 'existence';

  switch (act) {
    case 'STATE': {
      const kind = model.subject(stream)?.kind;
      const scales = scaleKeys.filter((key) => model.scale(key)?.subjectKind === kind);
      const scale = pick(scales, what);
      if (scale !== undefined) state(scale, pick(levelsOn(scale), command.level) ?? '');
      return;
    }
    case 'STATE_RESERVED': {
      const scale =
        pick(stream.startsWith('region') ? ['parent', 'care-office'] : ['regions', 'care-office'], what) ?? '';
      state(scale, pick(levelsOn(scale), command.level) ?? '');
      return;
    }
    case 'CORRECT_LEVEL': {
      const version = standing(isOrdinary);
      correct(version, { level: pick(levelsOn(version?.scale ?? ''), command.level) ?? '?' });
      return;
    }
    case 'CORRECT_DATE': {
      const version = standing(isOrdinary);
      return correct(version, { effectiveOn: dateWithin(version?.stream ?? stream) });
    }
    case 'CORRECT_BASIS':
      return correct(standing(isOrdinary), { basis });
    case 'CORRECT_EVIDENCE':
      return correct(
        standing(() => true),
        { evidence },
      );
    case 'WITHDRAW': {
      const version = standing(isOrdinary);
      if (version)
        pen.write(version.stream, 'StatusWithdrawn', { withdraws: version.eventId, reason: 'Not so.' }, actor);
      return;
    }
    case 'CORRECT_LIFETIME':
      return correct(standing(isLifetime), { effectiveOn: anyDate });
    case 'WITHDRAW_LIFETIME': {
      // Withdrawn registrations end a subject for good, so most of these are of retirements.
      const version = standing(
        ({ scale, level: value }) => scale === 'existence' && (value === 'retired' || ground === 0),
      );
      if (version)
        pen.write(version.stream, 'StatusWithdrawn', { withdraws: version.eventId, reason: 'Not so.' }, actor);
      return;
    }
    case 'RENAME': {
      const of = pick([...subjects, ...organisations], who) as string;
      const name = pick(names, command.level) as string;
      const type = of.startsWith('region')
        ? 'RegionNamed'
        : of.startsWith('project')
          ? 'ProjectNamed'
          : 'OrganisationNamed';
      return pen.write(of, type, { name, effectiveOn: dateWithin(of), ...noted }, actor);
    }
    case 'RETIRE':
      return pen.write(
        stream,
        stream.startsWith('region') ? 'RegionRetired' : 'ProjectRetired',
        { retiredOn: anyDate, ...noted },
        actor,
      );
    case 'REGISTER': {
      const key = pick([...regionKeys, ...projectKeys, 'gamma'], what) as string;
      if (key === 'gamma') return registerOrganisation(pen, key, anyDate);
      if (projectKeys.includes(key)) return registerProject(pen, key, anyDate, pick(names, who) as string);
      return registerRegion(pen, key, anyDate, ground === 0 ? null : (pick(names, who) as string));
    }
    case 'REVISE_SCALE': {
      const key = pick(
        scaleKeys.filter((each) => each !== 'care-office' && model.scale(each)),
        what,
      );
      const levels = model.scale(key ?? '')?.levels ?? [];
      if (key === undefined || levels.length > 5) return;
      const at = command.level % (levels.length + 1);
      const added = [...levels.slice(0, at), `${levels.length + 1}x`, ...levels.slice(at)];
      const revised = {
        key,
        label: label(`${key} ${levels.length}`),
        levels: added.map((each) => level(each, `herzien ${each}`)),
      };
      return pen.write(`scale-${key}`, 'ScaleRevised', revised, actor);
    }
    case 'DEFINE_SCALE':
      return defineScale(pen, pick(scaleKeys, what) as string);
    case 'DEFINE_PERIOD': {
      const key = `period-${what % 3}`;
      const data = { key, label: label(key), referenceDate: anyDate, assumption: null };
      return pen.write(`period-${key}`, 'PeriodDefined', data, actor);
    }
    case 'PUBLISH_PERIOD': {
      const period = pick(
        ['period-0', 'period-1', 'period-2'].filter((key) => model.referenceDate(key)),
        what,
      );
      if (period === undefined) return;
      const referenceDate = model.referenceDate(period) as string;
      return pen.write(`period-${period}`, 'PeriodPublished', { period, referenceDate, cells: [] }, actor);
    }
    case 'SUMMARISE': {
      const of = pick(
        subjects.filter((each) => each.startsWith('project')),
        who,
      );
      if (of !== undefined) pen.write(of, 'ProjectSummarised', { summary: `Summary ${what}`, evidence }, actor);
      return;
    }
    case 'MILESTONE': {
      const of = pick([...subjects, 'programme'], who) as string;
      const precision = pick(['YEAR', 'SEASON', 'MONTH', 'DAY'] as const, ground) as 'DAY';
      const on = anyDate.slice(0, { YEAR: 4, SEASON: 7, MONTH: 7, DAY: 10 }[precision]);
      return pen.write(of, 'MilestoneRecorded', { on, precision, text: `Something of ${of}`, evidence }, actor);
    }
  }
}
