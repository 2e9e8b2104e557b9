import type { Context } from '../context.js';
import { Organisation } from './organisation.js';
import type { Subject } from './subject.js';

/** The care office of a region or a project: the organisation that its status on scale `care-office` names. */
export async function careOfficeOf(subject: Subject, { loaders }: Context): Promise<Organisation | null> {
  const status = await loaders.status.load({ key: `${subject.view.id}:care-office`, point: subject.at });
  if (!status) return null;
  const view = await loaders.subjectByKey.load({ key: `ORGANISATION:${status.level}`, point: subject.at });
  return view ? new Organisation(view, subject.at) : null;
}
