import { defineCommand, type Grounds } from './define-command.js';
import { defineRules, type Rule } from './define-rules.js';
import { propose } from './proposed-event.js';
import { refuse } from './refusal.js';
import { subjectIsRegistered } from './rules/registration.js';
import { called } from './rules/wording.js';
import { subjectKindOf } from './subject-kind.js';

interface Retire extends Grounds {
  readonly kind: 'RETIRE';
  readonly stream: string;
  readonly retiredOn: string;
  readonly reason: string;
}

export const retire = defineCommand({
  kind: 'RETIRE',
  role: 'recorder',
  records: ['RegionRetired', 'ProjectRetired'],
  streams: ({ stream }: Retire) => [stream],
  decide({ stream, retiredOn, reason, evidence }) {
    const kind = subjectKindOf(stream);
    if (kind === 'ORGANISATION')
      return refuse('WRONG_STREAM', 'subject', 'Regions and projects can be retired, organisations cannot.');
    const type = kind === 'REGION' ? 'RegionRetired' : 'ProjectRetired';
    return [propose(type, stream, { retiredOn, reason, evidence: [...evidence] })];
  },
});

/** Retirement is after registration, and once. */
const canRetire: Rule<'RegionRetired' | 'ProjectRetired'> = (model, { data, stream }) => {
  const { registeredOn, retiredOn } = model.subject(stream)?.lifetime ?? { registeredOn: null, retiredOn: null };
  if (retiredOn !== null) {
    const message = `${called(stream)} is retired from ${retiredOn} on. To change the date, correct the retirement.`;
    return refuse('ALREADY_RETIRED', 'retiredOn', message);
  }
  if (registeredOn !== null && data.retiredOn <= registeredOn) {
    const message = `${called(stream)} is registered from ${registeredOn} on; it can retire after that day only.`;
    return refuse('LIFETIME_INVERTED', 'retiredOn', message);
  }
  return null;
};

export const regionRetiredRules = defineRules('RegionRetired', subjectIsRegistered, canRetire);
export const projectRetiredRules = defineRules('ProjectRetired', subjectIsRegistered, canRetire);
