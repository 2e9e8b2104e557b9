import { isStorable } from '../../../events/envelope.js';
import { InvalidEventError } from '../../../events/errors/event-errors.js';
import { currentVersion } from '../../../events/event-types.js';
import { validateEvent } from '../../../events/validate.js';
import { definitionOf, type Command } from '../catalogue.js';
import type { ProposedEvent } from '../proposed-event.js';
import { refuse, type Refusal } from '../refusal.js';
import { evaluateRules } from '../rules/evaluate.js';
import { newWriteModel } from '../write-model/builder.js';
import type { WriteModel } from '../write-model/write-model.js';
import { blankText } from './blank-text.js';

/** What follows from a command: the events that it asks for, in order, or why history cannot take them. */
export type Decision =
  | { readonly kind: 'ACCEPTED'; readonly events: readonly ProposedEvent[] }
  /** `field` is the field of the command's input that is at fault. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

/** Decides a command by the history that the model was built from. Pure: the same model and command, the same decision. */
export function decide(model: WriteModel, command: Command): Decision {
  const proposals = definitionOf(command).decide(command, model);
  if ('code' in proposals) return { kind: 'REFUSED', refusal: proposals };
  // The rules ask of each event what those before it in the same request would have made true.
  const ahead = proposals.length > 1 ? newWriteModel(model) : null;
  for (const [index, { event, inputFields }] of proposals.entries()) {
    const refused = malformed(event) ?? evaluateRules(ahead ?? model, event);
    if (refused) return { kind: 'REFUSED', refusal: { ...refused, field: inputField(refused.field, inputFields) } };
    if (index < proposals.length - 1) ahead?.apply({ ...event, id: `proposal ${index}` });
  }
  return { kind: 'ACCEPTED', events: proposals.map(({ event }) => event) };
}

/** 'label.nl' of the event is 'label.nl' of the input, unless the input calls the first part something else. */
function inputField(field: string, inputFields: Readonly<Record<string, string>>): string {
  const [first = '', ...rest] = field.split('.');
  return [inputFields[first] ?? first, ...rest].join('.');
}

/** What the schema of the event refuses, or what no log could keep. */
function malformed({ type, data }: ProposedEvent): Refusal | null {
  if (!isStorable(data)) {
    return refuse(
      'MALFORMED',
      '',
      'A text has a NUL character or half of a surrogate pair in it, which cannot be kept. Remove it.',
    );
  }
  const blank = blankText(data);
  if (blank)
    return refuse(
      'MALFORMED',
      blank.join('.'),
      `The text of '${blank.join('.')}' shows nothing. Write something, or leave it out.`,
    );
  try {
    validateEvent(type, currentVersion(type), data);
    return null;
  } catch (error) {
    if (error instanceof InvalidEventError) return refuse('MALFORMED', error.field.join('.'), error.message);
    throw error;
  }
}
