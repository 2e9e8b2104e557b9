import type { SubjectKind } from '../events/primitives.js';
import type { SubjectFacts } from '../projections/statements/questions/subjects.js';
import type { Moment } from '../src/time/moment.js';
import { connectionTypes } from './connection.js';
import type { Context } from './context.js';
import { Project } from './project.js';
import { Region } from './region.js';
import { Subject } from './subject.js';

export const SubjectConnection = connectionTypes('Subject', () => Subject, 'subjects');

export const showSubject = (facts: SubjectFacts, moment: Moment): Region | Project =>
  facts.kind === 'REGION' ? new Region(facts, moment) : new Project(facts, moment);

/** The region or project of this key, if its registration is known at the moment. */
export async function subjectNamed(
  kind: SubjectKind,
  key: string,
  moment: Moment,
  { loaders }: Context,
): Promise<Region | Project | null> {
  const facts = await loaders.subjectByKey.load({ key: `${kind}:${key}`, point: moment });
  return facts ? showSubject(facts, moment) : null;
}
