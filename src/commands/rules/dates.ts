import type { DatePrecision } from '../../../events/milestones.js';
import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

const formOf: Readonly<Record<DatePrecision, string>> = {
  YEAR: 'YYYY',
  SEASON: 'YYYY-MM',
  MONTH: 'YYYY-MM',
  DAY: 'YYYY-MM-DD',
};

/** A date is written as exactly as it is known. */
export const dateHasItsPrecision: Rule<'MilestoneRecorded'> = (_, { data: { on, precision } }) =>
  on.length === formOf[precision].length
    ? null
    : refuse(
        'PRECISION_DIFFERS',
        'on',
        `A date with precision ${precision} is written ${formOf[precision]}, not '${on}'.`,
      );

export const figuresRunForward: Rule<'PublicationFiguresRecorded'> = (_, { data: { figures } }) => {
  const inverted = figures.find(({ from, until }) => until < from);
  return inverted
    ? refuse('DATES_INVERTED', 'figures', `Figure '${inverted.metric}' ends on ${inverted.until}, before it begins.`)
    : null;
};
