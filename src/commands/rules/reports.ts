import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

export const reportIsNew: Rule<'ReportPublished'> = (facts, { data: { key } }) =>
  facts.hasReport(key) ? refuse('ALREADY_PUBLISHED', 'key', `Report '${key}' is published already.`) : null;

export const reportsDefinedPeriod: Rule<'ReportPublished'> = (facts, { data: { period } }) =>
  period === null || facts.referenceDate(period) !== undefined
    ? null
    : refuse('UNKNOWN_PERIOD', 'period', `Period '${period}' is not defined.`);
