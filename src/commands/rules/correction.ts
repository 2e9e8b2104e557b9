import type { EventData } from '../../../events/event-types.js';
import { evidenceDigest } from '../write-model/evidence-digest.js';
import { versionsOn, type WriteModel } from '../write-model/write-model.js';
import { lifetimeOf } from '../../../events/lifetime.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Rule } from '../define-rules.js';
import { called } from './wording.js';

/** Time rule 1: what is corrected or withdrawn is a version that stands, in the same stream. */
function standing(model: WriteModel, field: string, eventId: string, stream: string): Refusal | null {
  const version = model.version(eventId);
  if (version) {
    if (version.stream === stream) return null;
    return refuse(
      'WRONG_STREAM',
      field,
      `Event ${eventId} stated something of ${called(version.stream)}, not of ${called(stream)}.`,
    );
  }
  let end = model.end(eventId);
  if (!end) return refuse('UNKNOWN_EVENT', field, `Event ${eventId} made no statement that is known.`);
  let current = eventId;
  while (end?.by === 'CORRECTION') {
    current = end.event;
    end = model.end(current);
  }
  if (end) {
    const message =
      `The statement of event ${eventId} was withdrawn by event ${end.event}, and what is withdrawn cannot be changed. ` +
      `To say it again, make a new statement.`;
    return refuse('WITHDRAWN', field, message);
  }
  const message = `Event ${eventId} was replaced by a correction. The version that stands is event ${current}.`;
  return { ...refuse('REPLACED', field, message), currentEvent: current };
}

export const correctsWhatStands: Rule<'StatusCorrected'> = (model, { data, stream }) =>
  standing(model, 'corrects', data.corrects, stream);

export const withdrawsWhatStands: Rule<'StatusWithdrawn'> = (model, { data, stream }) =>
  standing(model, 'withdraws', data.withdraws, stream);

export const correctionKeepsScale: Rule<'StatusCorrected'> = (model, { data }) => {
  const version = model.version(data.corrects);
  return version && version.scale !== data.scale
    ? refuse('OTHER_SCALE', 'scale', `The statement is on scale '${version.scale}', and a correction keeps its scale.`)
    : null;
};

const sameContent = (model: WriteModel, data: EventData['StatusCorrected']): boolean => {
  const version = model.version(data.corrects);
  return (
    version?.level === data.level &&
    version.effectiveOn === data.effectiveOn &&
    version.basis === data.basis &&
    version.evidence === evidenceDigest(data.evidence)
  );
};

export const correctionChangesSomething: Rule<'StatusCorrected'> = (model, { data }) =>
  sameContent(model, data)
    ? refuse('UNCHANGED', 'corrects', `The correction leaves level, date, basis and evidence as they are.`)
    : null;

/** A registration stays one, a retirement too, and the one comes before the other. */
export const existenceStaysSound: Rule<'StatusCorrected'> = (model, { data, stream }) => {
  if (data.scale !== 'existence') return null;
  const version = model.version(data.corrects);
  if (!version) return null;
  if (version.level !== data.level) {
    const message = `The statement is that the subject was ${version.level}: a correction can change its date, not this.`;
    return refuse('EXISTENCE_KEPT', 'level', message);
  }
  const others = versionsOn(model.subject(stream), 'existence').filter((each) => each !== version);
  const { registeredOn, retiredOn } = lifetimeOf([...others, data]);
  return registeredOn !== null && retiredOn !== null && retiredOn <= registeredOn
    ? refuse(
        'LIFETIME_INVERTED',
        'effectiveOn',
        `${called(stream)} would be registered from ${registeredOn} on and retired from ${retiredOn} on; retirement comes after registration.`,
      )
    : null;
};
