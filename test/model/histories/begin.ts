import { dates, label, level, names, organisationKeys, projectKeys, regionKeys } from './vocabulary.js';
import type { Opening } from './opening.js';
import type { Pen } from './pen.js';

const plain = { reason: null, evidence: [] };

export function registerRegion(pen: Pen, key: string, registeredOn: string, name: string | null): void {
  const stream = `region-${key}`;
  pen.write(stream, 'RegionRegistered', { key, registeredOn, ...plain });
  if (name !== null) pen.write(stream, 'RegionNamed', { name, effectiveOn: registeredOn, ...plain });
}

export function registerProject(pen: Pen, key: string, registeredOn: string, name: string): void {
  const stream = `project-${key}`;
  pen.write(stream, 'ProjectRegistered', {
    key,
    registeredOn,
    summary: key === 'p1' ? null : `About ${key}`,
    ...plain,
  });
  pen.write(stream, 'ProjectNamed', { name, effectiveOn: registeredOn, ...plain });
}

export function registerOrganisation(pen: Pen, key: string, registeredOn: string): void {
  const stream = `organisation-${key}`;
  pen.write(stream, 'OrganisationRegistered', { key, registeredOn, ...plain });
  pen.write(stream, 'OrganisationNamed', { name: `Kantoor ${key}`, effectiveOn: registeredOn, ...plain });
}

export function defineScale(pen: Pen, key: string): void {
  const subjectKind = key === 'phase' || key === 'colour' ? 'REGION' : 'PROJECT';
  const kind = key === 'phase' || key === 'stage' ? 'ORDINAL' : 'NOMINAL';
  const keys = { phase: ['1', '2', '3'], stage: ['1', '2'], 'care-office': organisationKeys }[key] ?? ['red', 'blue'];
  const levels = keys.map((each) => level(each));
  pen.write(`scale-${key}`, 'ScaleDefined', { key, subjectKind, kind, label: label(key), levels });
}

/** The scales that can be defined: two for regions, two for projects, and the one reserved scale that may be. */
export const scaleKeys: readonly string[] = ['phase', 'colour', 'stage', 'theme', 'care-office'];

export function begin(pen: Pen, opening: Opening): void {
  defineScale(pen, 'phase');
  defineScale(pen, 'stage');
  if (opening.secondScale) defineScale(pen, 'colour');
  if (opening.careOfficeScale) defineScale(pen, 'care-office');
  for (const key of organisationKeys.slice(0, 2)) registerOrganisation(pen, key, dates[0]);
  for (const [index, { parent, date, named }] of opening.regions.entries()) {
    const key = regionKeys[index] as string;
    const registeredOn = dates[date] as string;
    registerRegion(pen, key, registeredOn, named ? (names[index] as string) : null);
    if (parent === null || index === 0) continue;
    const above = regionKeys[parent % index] as string;
    pen.write(`region-${key}`, 'StatusStated', {
      scale: 'parent',
      level: above,
      effectiveOn: registeredOn,
      basis: 'OBSERVED',
      ...plain,
    });
  }
  for (const key of projectKeys.slice(0, opening.projects)) registerProject(pen, key, dates[0], `Project ${key}`);
}
