import { eventDefinitions, eventTypeNames, type EventTypeName } from '../events/event-types.js';
import { commandDefinitions, commandKinds } from '../src/commands/catalogue.js';

const versionsOf = (type: EventTypeName): string => {
  const current = eventDefinitions[type].versions.length;
  return current === 1 ? '1' : `1 to ${current}`;
};

function rowOf(type: EventTypeName): string {
  const { home, meaning } = eventDefinitions[type];
  const commands = commandKinds.filter((kind) => commandDefinitions[kind].records.includes(type));
  const roles = [...new Set(commands.map((kind) => commandDefinitions[kind].role))];
  const cells = [
    `\`${type}\``,
    meaning,
    home.pattern
      .split(', ')
      .map((pattern) => `\`${pattern}\``)
      .join(', '),
    versionsOf(type),
    commands.length === 0 ? 'a loaded file only' : commands.map((kind) => `\`${kind}\``).join(', '),
    roles.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The table of docs/events.md, from the definitions of events and commands. */
export const eventTable = (): string =>
  [
    '| event type | what it says | streams | versions | recorded by | role |',
    '| --- | --- | --- | --- | --- | --- |',
    ...eventTypeNames.map(rowOf),
  ].join('\n');
