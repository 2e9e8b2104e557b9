import { defineRules, type Rule } from '../define-rules.js';
import { refuse } from '../refusal.js';

const figuresRunForward: Rule<'PublicationFiguresRecorded'> = (_, { data: { figures } }) => {
  const inverted = figures.find(({ from, until }) => until < from);
  return inverted
    ? refuse('DATES_INVERTED', 'figures', `Figure '${inverted.metric}' ends on ${inverted.until}, before it begins.`)
    : null;
};

export const publicationFiguresRecordedRules = defineRules('PublicationFiguresRecorded', figuresRunForward);
