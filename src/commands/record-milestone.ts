import { impliedPrecision, type DatePrecision } from '../../events/milestones.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules, type Rule } from './define-rules.js';
import { propose } from './proposed-event.js';
import { refuse } from './refusal.js';
import { subjectIsRegistered } from './rules/registration.js';

interface RecordMilestone extends Grounds {
  readonly kind: 'RECORD_MILESTONE';
  readonly stream: string;
  readonly on: string;
  readonly text: string;
}

export const recordMilestone = defineCommand({
  kind: 'RECORD_MILESTONE',
  role: 'recorder',
  records: ['MilestoneRecorded'],
  streams: ({ stream }: RecordMilestone) => [stream],
  decide({ stream, on, text, reason, evidence }) {
    const data = { on, precision: impliedPrecision(on), text, evidence: [...evidence] };
    return [propose('MilestoneRecorded', stream, { ...data, ...(reason === null ? {} : { reason }) })];
  },
});

const formOf: Readonly<Record<DatePrecision, string>> = {
  YEAR: 'YYYY',
  SEASON: 'YYYY-MM',
  MONTH: 'YYYY-MM',
  DAY: 'YYYY-MM-DD',
};

/** A date is written as exactly as it is known. */
const dateHasItsPrecision: Rule<'MilestoneRecorded'> = (_, { data: { on, precision } }) =>
  on.length === formOf[precision].length
    ? null
    : refuse(
        'PRECISION_DIFFERS',
        'on',
        `A date with precision ${precision} is written ${formOf[precision]}, not '${on}'.`,
      );

export const milestoneRecordedRules = defineRules('MilestoneRecorded', subjectIsRegistered, dateHasItsPrecision);
