import { periodStream } from '../../events/periods.js';
import type { Label } from '../../events/primitives.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules, type Rule } from './define-rules.js';
import { optionalGrounds } from './optional-grounds.js';
import { propose } from './proposed-event.js';
import { refuse } from './refusal.js';

interface DefinePeriod extends Grounds {
  readonly kind: 'DEFINE_PERIOD';
  readonly key: string;
  readonly label: Label;
  readonly referenceDate: string;
}

export const definePeriod = defineCommand({
  kind: 'DEFINE_PERIOD',
  role: 'publisher',
  records: ['PeriodDefined'],
  streams: ({ key }: DefinePeriod) => [periodStream(key)],
  decide(command) {
    const { key, label, referenceDate } = command;
    const data = { key, label, referenceDate, assumption: null, ...optionalGrounds(command) };
    return [propose('PeriodDefined', periodStream(key), data)];
  },
});

const periodIsNew: Rule<'PeriodDefined'> = (model, { data: { key } }) => {
  const date = model.referenceDate(key);
  return date === undefined
    ? null
    : refuse('ALREADY_DEFINED', 'key', `Period '${key}' is defined already; its reference date ${date} never changes.`);
};

export const periodDefinedRules = defineRules('PeriodDefined', periodIsNew);
