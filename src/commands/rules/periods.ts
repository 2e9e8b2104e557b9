import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

export const periodIsNew: Rule<'PeriodDefined'> = (facts, { data: { key } }) => {
  const date = facts.referenceDate(key);
  return date === undefined
    ? null
    : refuse('ALREADY_DEFINED', 'key', `Period '${key}' is defined already; its reference date ${date} never changes.`);
};

export const publishesDefinedPeriod: Rule<'PeriodPublished'> = (facts, { data: { period, referenceDate } }) => {
  const defined = facts.referenceDate(period);
  if (defined === undefined) return refuse('UNKNOWN_PERIOD', 'period', `Period '${period}' is not defined.`);
  return defined === referenceDate
    ? null
    : refuse(
        'REFERENCE_DATE_DIFFERS',
        'referenceDate',
        `The reference date of period '${period}' is ${defined}, not ${referenceDate}.`,
      );
};
