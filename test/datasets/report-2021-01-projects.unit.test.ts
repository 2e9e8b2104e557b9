import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNamedProjects } from '../../datasets/read-facts/named-projects.js';
import { readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { reconstructProjects, type ReconstructedProject } from '../../datasets/reconstruction/reconstruct-projects.js';
import { periods } from '../../datasets/report-2021-01/periods.js';
import { projectScales } from '../../datasets/vocabulary/projects.js';
import { type EventContent, decodeContent } from '../../events/domain-event.js';
import type { EventData } from '../../events/event-types.js';
import { regionKeys } from '../../events/reserved-scales.js';
import { readCloudEvent } from '../../src/log-format/read-cloud-event.js';
import { shippedHistory } from '../support/shipped/history.js';

const text = readFileSync(shippedHistory, 'utf8');
const events = text
  .trimEnd()
  .split('\n')
  .map(readCloudEvent)
  .map(({ stream, recordedAt, correlationId, ...event }) => ({
    stream,
    recordedAt,
    recording: correlationId.split(':')[1],
    ...decodeContent(event),
  }));
const of = <T extends EventContent['type']>(type: T) =>
  events.flatMap((event) => (event.type === type ? [{ ...event, data: event.data as EventData[T] }] : []));

const { projects } = reconstructProjects({
  tables: readPublishedTables(),
  named: readNamedProjects(),
  regions: readRegions(),
});
const projectOf = (stream: string): ReconstructedProject => {
  const project = projects.find(({ key }) => stream === `project-${key}`);
  if (!project) throw new Error(`Stream ${stream} is of no project.`);
  return project;
};
const referenceDate = (period: string): string => periods.find(({ key }) => key === period)?.referenceDate ?? '';

const stated = of('StatusStated').filter(({ stream }) => stream.startsWith('project-'));
const registrations = of('ProjectRegistered');
const registeredOn = new Map(registrations.map(({ stream, data }) => [stream, data.registeredOn]));

describe('scales', () => {
  it('of projects are defined once each, with the printed levels in their order', () => {
    const defined = of('ScaleDefined').map(({ data }) => data);
    expect(defined.map(({ key }) => key)).toEqual([
      'agreements',
      'dynamics',
      'vision',
      'care-office',
      ...projectScales.map(({ key }) => key),
    ]);
    for (const { key, kind, label, levels } of projectScales) {
      expect(defined.find((scale) => scale.key === key)).toMatchObject({ kind, label, subjectKind: 'PROJECT', levels });
    }
  });
});

describe('projects', () => {
  it('are recorded in the append of the period that first counts them', () => {
    expect(registrations.map(({ data, recording }) => [data.key, recording])).toEqual([
      ...projects.filter(({ registeredBy }) => registeredBy === '2020-03').map(({ key }) => [key, '2020-03']),
      ...projects.filter(({ registeredBy }) => registeredBy === '2020-10').map(({ key }) => [key, '2020-10']),
    ]);
  });

  it('are registered no later than the first reference date that counts them, and the newcomers no earlier', () => {
    for (const { stream, data } of registrations) {
      const { registeredBy } = projectOf(stream);
      expect(data.registeredOn <= referenceDate(registeredBy)).toBe(true);
      if (registeredBy === '2020-10') expect(data.registeredOn).toBe('2020-11-01');
    }
  });

  it('are registered on an assumed day that the event gives the reason for', () => {
    const days = Map.groupBy(registrations, ({ data }) => data.registeredOn);
    expect(Object.fromEntries([...days].map(([day, { length }]) => [day, length]))).toEqual({
      '2018-05-01': 1,
      '2018-12-31': 1,
      '2019-12-31': 203,
      '2020-03-31': 63,
      '2020-11-01': 50,
    });
    for (const { data } of registrations) expect(data.reason).toMatch(/^Assumed: /);
  });

  it('have a summary where the texts tell of them, from the report on and without the numbers of the texts', () => {
    expect(registrations.every(({ data }) => data.summary === null)).toBe(true);
    const summarised = of('ProjectSummarised');
    expect(summarised.map(({ stream }) => stream)).toEqual(
      projects.filter(({ named, summary }) => named && summary !== null).map(({ key }) => `project-${key}`),
    );
    expect(summarised.every(({ recording, data }) => recording === '2020-10' && data.evidence.length > 0)).toBe(true);
    expect(summarised.find(({ stream }) => stream.endsWith('rvwo'))?.data.summary).toMatch(/Topaz; LOC$/);
  });

  it('are finished where the text says that they are over', () => {
    const festival = projects.find(({ key }) => key === 'zin-festival');
    expect(festival?.summary).toBe('festival held in 2019');
    const statuses = [festival?.levels['2020-03']?.status, festival?.levels['2020-10']?.status];
    expect(statuses).toEqual(['finished-successful', 'finished-successful']);
  });

  it('have keys that end in a word of their own', () => {
    expect(projects.map(({ key }) => key)).toContain('samenwerking-rondom-plaatsing-wachtlijsten');
    expect(projects.filter(({ key }) => /-(de|en|het|in|met|of|op|van|voor)$/.test(key))).toEqual([]);
  });

  it('are told of nothing that is dated after the recording', () => {
    const dated = events.flatMap(({ data, recordedAt }) => {
      const said = Object.entries(data).filter(([field]) => ['summary', 'text', 'name'].includes(field));
      const years = said.flatMap(([, value]) => String(value).match(/\b20\d\d\b/g) ?? []);
      return years.map((year) => ({ year, recordedAt, said }));
    });
    // What is expected of a later year is said as an expectation: 'aimed at in 2021', 'to 2030', 'ends'.
    const ahead = dated.filter(({ year, recordedAt }) => year > recordedAt.slice(0, 4));
    expect(ahead.map(({ recordedAt }) => recordedAt < '2021')).not.toContain(true);
    expect(dated.length).toBeGreaterThan(0);
  });

  it('bear their names from registration on', () => {
    const namings = of('ProjectNamed');
    expect(namings.map(({ data }) => data.name)).toEqual(registrations.map(({ stream }) => projectOf(stream).name));
    for (const { stream, data } of namings) expect(data.effectiveOn).toBe(registeredOn.get(stream));
  });

  it('have their milestones within their lifetime', () => {
    const milestones = of('MilestoneRecorded').filter(({ stream }) => stream.startsWith('project-'));
    expect(new Set(milestones.map(({ stream }) => stream)).size).toBe(3);
    for (const { stream, data } of milestones) {
      expect(data.on >= (registeredOn.get(stream) ?? '').slice(0, data.on.length)).toBe(true);
    }
  });
});

describe('statements on projects', () => {
  it('say of care office, rubric, start and regions once, from registration on, what was reconstructed', () => {
    const scales = ['care-office', 'rubric', 'start', 'regions'];
    const byStream = Map.groupBy(
      stated.filter(({ data }) => scales.includes(data.scale)),
      ({ stream }) => stream,
    );
    for (const project of projects) {
      const stream = `project-${project.key}`;
      const statements = byStream.get(stream) ?? [];
      expect(Object.fromEntries(statements.map(({ data }) => [data.scale, data.level]))).toEqual({
        'care-office': project.careOffice,
        rubric: project.rubric,
        start: project.start,
        ...(project.regions.length === 0 ? {} : { regions: [...project.regions].sort().join() }),
      });
      expect(statements).toHaveLength(project.regions.length === 0 ? 3 : 4);
      for (const { data } of statements) expect(data.effectiveOn).toBe(registeredOn.get(stream));
    }
  });

  it('say of each assessed scale what was reconstructed, one per period, and nothing where it is unassessed', () => {
    for (const period of ['2020-03', '2020-10'] as const) {
      const assessed = stated.filter(({ data, recording }) => recording === period && !isLasting(data.scale));
      expect(assessed.every(({ data }) => data.effectiveOn === referenceDate(period))).toBe(true);
      const byStream = Map.groupBy(assessed, ({ stream }) => stream);
      for (const { key, levels } of projects) {
        const known = Object.entries(levels[period] ?? {}).filter(([, level]) => level !== null);
        const statements = byStream.get(`project-${key}`) ?? [];
        expect(statements).toHaveLength(known.length);
        expect(Object.fromEntries(statements.map(({ data }) => [data.scale, data.level]))).toEqual(
          Object.fromEntries(known),
        );
      }
    }
    expect(stated.filter(({ data }) => data.scale === 'participation')).toHaveLength(268 + 298);
  });

  it('rest on print for regions and printed starts only', () => {
    const published = stated.filter(({ data }) => data.basis === 'PUBLISHED');
    expect(published.filter(({ data }) => data.scale === 'regions')).toHaveLength(36);
    expect(published.filter(({ data }) => data.scale === 'start')).toHaveLength(
      readNamedProjects().filter(({ started }) => started !== null).length,
    );
    expect(new Set(published.map(({ data }) => data.scale))).toEqual(new Set(['regions', 'start']));
    expect(stated.every(({ data }) => data.basis !== 'OBSERVED')).toBe(true);
  });

  it('name a place in a text, and give a reason where they were reconstructed', () => {
    for (const { data } of stated) {
      expect(data.evidence.length).toBeGreaterThan(0);
      expect(data.reason === null).toBe(data.basis === 'PUBLISHED');
    }
    const rubrics = stated.filter(({ stream, data }) => data.scale === 'rubric' && projectOf(stream).named);
    for (const { data } of rubrics) expect(data.reason).toMatch(/^Our reading of the text/);
  });

  it('place projects in regions of their care office', () => {
    const regionsOffice = new Map(
      of('StatusStated')
        .filter(({ stream, data }) => stream.startsWith('region-') && data.scale === 'care-office')
        .map(({ stream, data }) => [stream, data.level]),
    );
    for (const { stream, data } of stated.filter(({ data }) => data.scale === 'regions')) {
      for (const region of regionKeys(data.level)) {
        expect(regionsOffice.get(`region-${region}`)).toBe(projectOf(stream).careOffice);
      }
    }
  });
});

const isLasting = (scale: string): boolean => ['care-office', 'rubric', 'start', 'regions'].includes(scale);

describe('the file', () => {
  it('records the publications of chapter 5 and the report before the last period is published', () => {
    const last = events.filter(({ recording }) => recording === '2020-10').slice(-12);
    expect(last.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 10 }, () => 'PublicationFiguresRecorded'),
      'ReportPublished',
      'PeriodPublished',
    ]);
  });

  it('speaks of sources by their titles, never by the numbers they have among the facts', () => {
    const texts = [...text.matchAll(/"(?:title|locator|reason|summary|source|text)":"([^"]*)"/g)].map(
      ([, value]) => value,
    );
    expect(texts.filter((value) => /\bseed\b|\b00[0-4]\b/i.test(value ?? ''))).toEqual([]);
  });

  it('stays small enough to ship', () => {
    expect(text.length).toBeLessThan(8_000_000);
  });
});
