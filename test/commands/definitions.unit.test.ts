import { expect, expectTypeOf, test } from 'vitest';
import { eventTypeNames } from '../../events/event-types.js';
import {
  commandDefinitions,
  commandKinds,
  eventRules,
  type Command,
  type CommandKind,
} from '../../src/commands/catalogue.js';
import { defineCommand } from '../../src/commands/define-command.js';
import { propose } from '../../src/commands/proposed-event.js';

test('each definition stands under its own kind or type', () => {
  for (const kind of commandKinds) expect(commandDefinitions[kind].kind).toBe(kind);
  for (const type of eventTypeNames) expect(eventRules[type].type).toBe(type);
  expect(Object.keys(eventRules)).toEqual(eventTypeNames);
});

test('the union of commands follows from the definitions', () => {
  expectTypeOf<Command['kind']>().toEqualTypeOf<CommandKind>();
  type Milestone = Extract<Command, { kind: 'RECORD_MILESTONE' }>;
  expectTypeOf<Milestone['on']>().toEqualTypeOf<string>();
});

test('a command comes to events of the types that it says it records, and no others', () => {
  const summarise = defineCommand({
    kind: 'SUMMARISE',
    role: 'recorder',
    records: ['ProjectSummarised'],
    streams: ({ stream }: { readonly kind: 'SUMMARISE'; readonly stream: string }) => [stream],
    decide: ({ stream }) => [propose('ProjectSummarised', stream, { summary: 'Care at home.', evidence: [] })],
  });
  expect(summarise.concernsParents({ kind: 'SUMMARISE', stream: 'project-p' })).toBe(false);
  defineCommand({
    kind: 'SUMMARISE',
    role: 'recorder',
    records: ['ScaleDefined'],
    streams: ({ stream }: { readonly kind: 'SUMMARISE'; readonly stream: string }) => [stream],
    // @ts-expect-error: an event of a type that is not among those that the command records
    decide: ({ stream }) => [propose('ProjectSummarised', stream, { summary: 'Care at home.', evidence: [] })],
  });
});
