import type { SubjectKind } from '../../events/primitives.js';
import type { StatusChangeView } from '../../projections/statements/queries/status-changes.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import type { Moment } from '../../src/time/moment.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Project } from './project.js';
import { Region } from './region.js';
import { Subject } from './subject.js';
import { subjectById, subjectByKey } from './loaders.js';

export const SubjectConnection = connectionTypes('Subject', () => Subject, 'subjects');

export const toSubject = (view: SubjectView, moment: Moment): Region | Project =>
  view.kind === 'REGION' ? new Region(view, moment) : new Project(view, moment);

/** The region or project of this key, if its registration is known at the moment. */
export async function subjectNamed(
  kind: SubjectKind,
  key: string,
  moment: Moment,
  context: Context,
): Promise<Region | Project | null> {
  const view = await subjectByKey({ kind, key }, moment, context);
  return view ? toSubject(view, moment) : null;
}

/** The region or project whose level changed, at the moment that the change is answered at. */
export async function subjectOfChange(
  change: Pick<StatusChangeView, 'subject' | 'supersededByPosition'>,
  at: Moment,
  context: Context,
): Promise<Region | Project> {
  const view = await subjectById(change.subject, at, context);
  if (view) return toSubject(view, at);
  // The registration may have been withdrawn since. The subject is then answered as known right before the change was superseded.
  const { supersededByPosition } = change;
  const before = { ...at, position: supersededByPosition === null ? at.position : supersededByPosition - 1 };
  const then = await subjectById(change.subject, before, context);
  if (!then) throw new Error('A change is about a subject that was registered while it stood.');
  return toSubject(then, before);
}
