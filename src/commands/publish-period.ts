import { periodStream, type CountedCell } from '../../events/periods.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules, type Rule } from './define-rules.js';
import { optionalGrounds } from './optional-grounds.js';
import { propose } from './proposed-event.js';
import { refuse } from './refusal.js';
import { cellsAreReadable } from './rules/formulas.js';

interface PublishPeriod extends Grounds {
  readonly kind: 'PUBLISH_PERIOD';
  readonly period: string;
  /** Null until they are counted, on the history that the publication is to pin. */
  readonly cells: readonly CountedCell[] | null;
}

export const publishPeriod = defineCommand({
  kind: 'PUBLISH_PERIOD',
  role: 'publisher',
  records: ['PeriodPublished'],
  streams: ({ period }: PublishPeriod) => [periodStream(period)],
  decide(command, model) {
    const { period, cells } = command;
    const referenceDate = model.referenceDate(period);
    if (referenceDate === undefined) return refuse('UNKNOWN_PERIOD', 'period', `No period '${period}' is defined.`);
    const data = { period, referenceDate, cells: [...(cells ?? [])], ...optionalGrounds(command) };
    return [propose('PeriodPublished', periodStream(period), data)];
  },
});

const publishesDefinedPeriod: Rule<'PeriodPublished'> = (model, { data: { period, referenceDate } }) => {
  const defined = model.referenceDate(period);
  if (defined === undefined) return refuse('UNKNOWN_PERIOD', 'period', `Period '${period}' is not defined.`);
  return defined === referenceDate
    ? null
    : refuse(
        'REFERENCE_DATE_DIFFERS',
        'referenceDate',
        `The reference date of period '${period}' is ${defined}, not ${referenceDate}.`,
      );
};

export const periodPublishedRules = defineRules('PeriodPublished', publishesDefinedPeriod, cellsAreReadable);
