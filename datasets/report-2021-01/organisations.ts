import { organisationStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { careOfficeByLabel } from '../vocabulary/projects.js';
import { MONITORED_SINCE, monitoredSince } from './monitoring.js';
import { inReport } from './sources.js';

/** The names that care offices had before those that the report prints. */
const formerNames: Readonly<Record<string, string>> = { 'de-friesland': 'De Friesland' };

/** The care offices (concessiehouders) under the names that they had when the monitoring began. */
export const organisationEntries = (): Entry[] =>
  Object.entries(careOfficeByLabel).flatMap(([label, key]): Entry[] => {
    const stream = organisationStream(key);
    const evidence = [inReport('table 4')];
    const former = formerNames[key];
    const name = former ?? label;
    const reason =
      former === undefined ? null : `The report prints '${label}': that it was named ${former} before is assumed.`;
    return [
      { stream, type: 'OrganisationRegistered', data: { key, registeredOn: MONITORED_SINCE, ...monitoredSince } },
      { stream, type: 'OrganisationNamed', data: { name, effectiveOn: MONITORED_SINCE, reason, evidence } },
    ];
  });

/** The names that changed before the report was published. */
export const renamingEntries = (): Entry[] =>
  Object.keys(formerNames).map((key): Entry => {
    const label = Object.entries(careOfficeByLabel).find(([, each]) => each === key)?.[0];
    if (label === undefined) throw new Error(`No care office has the key '${key}'.`);
    return {
      stream: organisationStream(key),
      type: 'OrganisationNamed',
      data: {
        name: label,
        effectiveOn: '2020-11-01',
        reason: 'The report prints this name. When it came into use is not printed: the reference date is assumed.',
        evidence: [inReport('table 4')],
      },
    };
  });
