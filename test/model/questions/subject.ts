import { changesBy } from '../fold/changes.js';
import { streamOf, type Log, type Moment } from '../fold/log.js';
import { shownMoment, type MomentRequest } from '../fold/moments.js';
import { assessing } from '../fold/scales.js';
import {
  existingAt,
  formerNames,
  levelAt,
  nameAt,
  namedAt,
  regionKeysOf,
  registeredAt,
  subregionsOf,
  summaryAt,
} from '../fold/subjects.js';
import { exists, lifetimeAt, statusAt, timelineAt } from '../fold/timeline.js';
import { compare, inOrder } from './order.js';
import { changeFields, keysOf, levelFields, momentFields, shownChange, shownStatus, statusFields } from './shown.js';

const shared = `
  fragment shared on Subject {
    key kind name exists registeredOn retiredOn revision moment { ...momentFields }
    statuses { ...statusFields } timeline { ...statusFields }
    changes(first: 200) { totalCount nodes { ...changeFields } } events(first: 200) { nodes { position } }
  }
  ${momentFields} ${levelFields} ${statusFields} ${changeFields}`;

const office = 'careOffice { key name formerNames }';

export const regionDocument = `
  query ($key: ID!, $at: At) {
    subject: region(key: $key, at: $at) {
      ...shared ${office} parent { key name } subregions { key } projects(first: 200) { totalCount nodes { key } }
    }
  } ${shared}`;

export const projectDocument = `
  query ($key: ID!, $at: At) {
    subject: project(key: $key, at: $at) { ...shared ${office} summary regions { key name exists } }
  } ${shared}`;

const shownOffice = (log: Log, stream: string, moment: Moment) => {
  const organisation = namedAt(log, stream, 'care-office', 'ORGANISATION', moment);
  if (!organisation) return null;
  const [key] = keysOf([organisation]);
  return { ...key, name: nameAt(log, organisation, moment), formerNames: formerNames(log, organisation, moment) };
};

function ofRegion(log: Log, stream: string, key: string, moment: Moment) {
  const parent = namedAt(log, stream, 'parent', 'REGION', moment);
  const isHere = (region: string): boolean =>
    region === key || levelAt(log, streamOf('REGION', region), 'parent', moment) === key;
  const projects = existingAt(log, 'PROJECT', moment)
    .filter((project) => regionKeysOf(log, project, moment).some(isHere))
    .sort();
  return {
    parent: parent && { ...keysOf([parent])[0], name: nameAt(log, parent, moment) },
    subregions: keysOf(subregionsOf(log, key, moment)),
    projects: { totalCount: projects.length, nodes: keysOf(projects) },
  };
}

function ofProject(log: Log, stream: string, moment: Moment) {
  const regions = regionKeysOf(log, stream, moment)
    .map((key) => streamOf('REGION', key))
    .filter((region) => registeredAt(log, 'REGION', moment.position).includes(region));
  return {
    summary: summaryAt(log, stream, moment.position),
    regions: regions.map((region) => ({
      ...keysOf([region])[0],
      name: nameAt(log, region, moment),
      exists: exists(log, region, moment),
    })),
  };
}

/** The answer to either document; null where the registration is not known. */
export function shownSubject(log: Log, kind: 'REGION' | 'PROJECT', key: string, request: MomentRequest, today: string) {
  const shown = shownMoment(log, request, today);
  const moment = { asOf: shown.asOf, position: Number(shown.position) };
  const stream = streamOf(kind, key);
  const { registration, retirement } = lifetimeAt(log, stream, moment.position);
  if (!registration) return { subject: null };
  const scales = assessing(log, kind, moment.position);
  const standing = scales
    .flatMap((scale) => changesBy(log, stream, scale, moment.position))
    .filter(({ supersededBy }) => supersededBy === null);
  const changes = inOrder(standing, 'EFFECTIVE_ON', 'ASC');
  const events = log.filter((event) => event.stream === stream && event.position <= moment.position);
  return {
    subject: {
      key,
      kind,
      name: nameAt(log, stream, moment),
      exists: exists(log, stream, moment),
      registeredOn: registration.effectiveOn,
      retiredOn: retirement?.effectiveOn ?? null,
      revision: events.length - 1,
      moment: shown,
      statuses: scales.flatMap((scale) => {
        const entry = statusAt(log, stream, scale, moment);
        return entry ? [shownStatus(log, entry, moment)] : [];
      }),
      timeline: scales
        .flatMap((scale) => timelineAt(log, stream, scale, moment.position))
        .sort((a, b) => compare(a.since, b.since) || a.version.event.position - b.version.event.position)
        .map((entry) => shownStatus(log, entry, moment)),
      changes: { totalCount: changes.length, nodes: changes.map((change) => shownChange(log, change, moment)) },
      events: { nodes: events.map(({ position }) => ({ position: String(position) })) },
      careOffice: shownOffice(log, stream, moment),
      ...(kind === 'REGION' ? ofRegion(log, stream, key, moment) : ofProject(log, stream, moment)),
    },
  };
}
