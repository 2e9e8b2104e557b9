import { actorStream } from '../../../events/actors.js';
import { programmeStream } from '../../../events/milestones.js';
import { periodStream } from '../../../events/periods.js';
import type { EventTypeName } from '../../../events/registry.js';
import { reportStream } from '../../../events/reports.js';
import { scaleStream } from '../../../events/scales.js';
import { subjectOfStream, type AnySubjectKind } from '../../../events/streams.js';
import { organisationStream, projectStream, regionStream } from '../../../events/subjects.js';
import type { Candidate } from '../candidate.js';
import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

/** The streams that take an event: as a test, and in words. */
interface Home {
  readonly takes: (stream: string) => boolean;
  readonly named: string;
}

const stream = (name: string): Home => ({ takes: (stream) => stream === name, named: `'${name}'` });

const streamOfAny = (...kinds: AnySubjectKind[]): Home => ({
  takes: (stream) => kinds.some((kind) => kind === subjectOfStream(stream)?.kind),
  named: kinds.map((kind) => `'${kind.toLowerCase()}-<key>'`).join(' or '),
});

const publication: Home = {
  takes: (stream) => /^publication-[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(stream),
  named: `'publication-<key>'`,
};

function homeOf(event: Candidate): Home {
  switch (event.type) {
    case 'ScaleDefined':
    case 'ScaleRevised':
      return stream(scaleStream(event.data.key));
    case 'OrganisationRegistered':
      return stream(organisationStream(event.data.key));
    case 'RegionRegistered':
      return stream(regionStream(event.data.key));
    case 'ProjectRegistered':
      return stream(projectStream(event.data.key));
    case 'OrganisationNamed':
      return streamOfAny('ORGANISATION');
    case 'RegionNamed':
    case 'RegionRetired':
      return streamOfAny('REGION');
    case 'ProjectNamed':
    case 'ProjectRetired':
    case 'ProjectSummarised':
      return streamOfAny('PROJECT');
    case 'StatusStated':
      return streamOfAny('REGION', 'PROJECT');
    case 'StatusCorrected':
    case 'StatusWithdrawn':
      // An organisation's name is a statement too, and is put right like any other.
      return streamOfAny('REGION', 'PROJECT', 'ORGANISATION');
    case 'MilestoneRecorded':
      return event.stream === programmeStream ? stream(programmeStream) : streamOfAny('REGION', 'PROJECT');
    case 'PeriodDefined':
      return stream(periodStream(event.data.key));
    case 'PeriodPublished':
      return stream(periodStream(event.data.period));
    case 'ReportPublished':
      return stream(reportStream(event.data.key));
    case 'PublicationFiguresRecorded':
      return publication;
    case 'ActorErased':
      return stream(actorStream(event.data.actor));
  }
}

/** Streams are named for what they are about. One place for each thing is what makes expected revisions guard it. */
export const standsInItsStream: Rule<EventTypeName> = (_, event) => {
  const { takes, named } = homeOf(event);
  return takes(event.stream)
    ? null
    : refuse('WRONG_STREAM', 'stream', `${event.type} belongs in stream ${named}, not in '${event.stream}'.`);
};
