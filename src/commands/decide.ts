import { isStorable } from '../../events/envelope.js';
import { InvalidEventError } from '../../events/errors/event-errors.js';
import { currentVersion } from '../../events/event-types.js';
import { validateEvent } from '../../events/validate.js';
import { blankText } from './blank-text.js';
import type { Candidate } from './candidate.js';
import type { Command } from './command.js';
import { correct, withdraw } from './decisions/correcting.js';
import { definePeriod, defineScale, eraseActor, publishPeriod } from './decisions/defining.js';
import type { Draft } from './decisions/draft.js';
import { registerProject, registerRegion } from './decisions/registering.js';
import { name, recordMilestone, retire, state } from './decisions/stating.js';
import { newFacts } from './facts/learning.js';
import type { Facts } from './facts/facts.js';
import { refuse, type Refusal } from './refusal.js';
import { refusal } from './rules.js';

/** What follows from a command: the events that it asks for, in order, or why history cannot take them. */
export type Decision =
  | { readonly kind: 'ACCEPTED'; readonly events: readonly Candidate[] }
  /** `field` is the field of the command's input that is at fault. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

function draftsOf(facts: Facts, command: Command): readonly Draft[] | Refusal {
  switch (command.kind) {
    case 'REGISTER_REGION':
      return registerRegion(command);
    case 'REGISTER_PROJECT':
      return registerProject(command);
    case 'NAME':
      return name(command);
    case 'RETIRE':
      return retire(command);
    case 'DEFINE_SCALE':
      return defineScale(command);
    case 'STATE':
      return state(command);
    case 'CORRECT':
      return correct(command);
    case 'WITHDRAW':
      return withdraw(command);
    case 'DEFINE_PERIOD':
      return definePeriod(command);
    case 'PUBLISH_PERIOD':
      return publishPeriod(facts, command);
    case 'RECORD_MILESTONE':
      return recordMilestone(command);
    case 'ERASE_ACTOR':
      return eraseActor(command);
  }
}

/** Decides a command by the history that the facts were learned from. Pure: the same facts and command, the same decision. */
export function decide(facts: Facts, command: Command): Decision {
  const drafts = draftsOf(facts, command);
  if ('code' in drafts) return { kind: 'REFUSED', refusal: drafts };
  // Each event is judged by what those before it in the same request would have made true.
  const ahead = newFacts(facts);
  for (const [index, { event, fields }] of drafts.entries()) {
    const refused = malformed(event) ?? refusal(ahead, event);
    if (refused) return { kind: 'REFUSED', refusal: { ...refused, field: inputField(refused.field, fields) } };
    // What nothing comes after need not be learned: most commands come to one event, of subjects with a long history.
    if (index < drafts.length - 1) ahead.learn({ ...event, id: `draft ${index}` });
  }
  return { kind: 'ACCEPTED', events: drafts.map(({ event }) => event) };
}

/** 'label.nl' of the event is 'label.nl' of the input, unless the input calls the first part something else. */
function inputField(field: string, fields: Readonly<Record<string, string>>): string {
  const [first = '', ...rest] = field.split('.');
  return [fields[first] ?? first, ...rest].join('.');
}

/** What the schema of the event refuses, or what no log could keep. */
function malformed({ type, data }: Candidate): Refusal | null {
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
