import * as fc from 'fast-check';
import { begin } from './begin.js';
import { command, type Command } from './command.js';
import { newHistory, type History, type Recording } from './history.js';
import { interpret } from './interpret.js';
import { opening, type Opening } from './opening.js';
import { newPen, type Pen } from './pen.js';

/** When the history that is loaded begins, and when recording goes live. */
const STATED_FROM = Date.parse('2019-04-01T21:59:59.999Z');
const LIVE_FROM = Date.parse('2021-02-01T09:00:00.000Z');

const writtenAt = (pen: Pen, time: number): Recording[] => {
  const events = pen.take();
  return events.length === 0 ? [] : [{ events, at: new Date(time).toISOString() }];
};

function opened(pen: Pen, how: Opening): Recording[] {
  begin(pen, how);
  const recordings = writtenAt(pen, STATED_FROM);
  return how.apart
    ? recordings.flatMap(({ events, at }) => events.map((event) => ({ events: [event], at })))
    : recordings;
}

/** Commands that happen together, in one append. A publication is the last of its append. */
function together(commands: readonly Command[]): Command[][] {
  const groups: Command[][] = [];
  for (const each of commands) {
    const group = groups.at(-1);
    if (group && each.joined && group.at(-1)?.act !== 'PUBLISH_PERIOD') group.push(each);
    else groups.push([each]);
  }
  return groups;
}

function build(how: Opening, commands: readonly Command[], statedGroups: number): History {
  const pen = newPen();
  const groups = together(commands);
  const openingRecordings = opened(pen, how);
  const recordings: Recording[] = [];
  let time = STATED_FROM;
  let statedRecordings = 0;
  for (const [index, group] of groups.entries()) {
    const isStated = index < statedGroups;
    if (index === statedGroups) time = LIVE_FROM;
    const tick = group[0]?.tick ?? 0;
    // Stated times run forward only. A live clock may be set back by less than the store puts up with.
    time += isStated ? Math.max(0, tick) : tick;
    for (const each of group) interpret(pen, each);
    recordings.push(...writtenAt(pen, time));
    if (isStated) statedRecordings = recordings.length;
    // Seen from the last recorded time, the clock is set back once at most.
    if (tick < 0 && !isStated) time -= tick;
  }
  if (statedGroups === 0) {
    const at = new Date(LIVE_FROM).toISOString();
    return newHistory([], [...openingRecordings.map((each) => ({ ...each, at })), ...recordings]);
  }
  const stated = [...openingRecordings, ...recordings.slice(0, statedRecordings)];
  return newHistory(stated, recordings.slice(statedRecordings));
}

export const history = (maxLength = 40): fc.Arbitrary<History> =>
  fc
    .tuple(
      opening,
      fc.array(command, { minLength: 1, maxLength, size: 'max' }),
      fc.oneof(fc.constant(0), fc.nat(12), fc.constant(maxLength)),
    )
    .map(([how, commands, statedGroups]) => build(how, commands, statedGroups));
