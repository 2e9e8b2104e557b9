import type { Context } from '../context.js';
import { Organisation } from './organisation.js';
import type { Subject } from './subject.js';
import { subjectByKey } from './loaders.js';
import { statusOfCell } from '../statuses/loaders.js';

/** The care office of a region or a project: the organisation that its status on scale `care-office` names. */
export async function careOfficeOf(subject: Subject, context: Context): Promise<Organisation | null> {
  const status = await statusOfCell({ subject: subject.view.id, scale: 'care-office' }, subject.at, context);
  if (!status) return null;
  const view = await subjectByKey({ kind: 'ORGANISATION', key: status.level }, subject.at, context);
  return view ? new Organisation(view, subject.at) : null;
}
