import { actorStream } from '../../events/actors.js';
import { periodStream } from '../../events/periods.js';
import { regionKeys } from '../../events/reserved-scales.js';
import { scaleStream } from '../../events/scales.js';
import { statementChange } from '../../events/domain-event.js';
import { organisationStream, projectStream, regionStream } from '../../events/subjects.js';
import type { Command } from './command.js';

const careOfficeStreams = (key: string | null): string[] =>
  key === null ? [] : [organisationStream(key), scaleStream('care-office')];

/** What a level on a scale refers to: the scale's definition, or what its value is a key of. */
function streamsOfLevel(scale: string, level: string): string[] {
  switch (scale) {
    case 'care-office':
      return careOfficeStreams(level);
    case 'parent':
      return [regionStream(level)];
    case 'regions':
      return regionKeys(level).map(regionStream);
    default:
      return [scaleStream(scale)];
  }
}

/** The streams that a command is decided by: the one that it writes to comes first. */
export function streamsNeeded(command: Command): readonly string[] {
  switch (command.kind) {
    case 'REGISTER_REGION':
      return [
        regionStream(command.key),
        ...(command.parent === null ? [] : [regionStream(command.parent)]),
        ...careOfficeStreams(command.careOffice),
      ];
    case 'REGISTER_PROJECT':
      return [
        projectStream(command.key),
        ...command.regions.map(regionStream),
        ...careOfficeStreams(command.careOffice),
      ];
    case 'NAME':
    case 'RETIRE':
    case 'RECORD_MILESTONE':
      return [command.stream];
    case 'DEFINE_SCALE':
      return [scaleStream(command.key)];
    case 'STATE':
      return [command.stream, ...streamsOfLevel(command.scale, command.level)];
    case 'CORRECT': {
      const news = statementChange(command.named);
      const content = news && news.kind !== 'WITHDRAWN' ? news.content : null;
      return [command.named.stream, ...(content ? streamsOfLevel(content.scale, command.level ?? content.level) : [])];
    }
    case 'WITHDRAW':
      return [command.named.stream];
    case 'DEFINE_PERIOD':
      return [periodStream(command.key)];
    case 'PUBLISH_PERIOD':
      return [periodStream(command.period)];
    case 'ERASE_ACTOR':
      return [actorStream(command.actor)];
  }
}

/** Whether a command is about which region is above which: then the regions above those that it names have a say too. */
export function concernsParents(command: Command): boolean {
  switch (command.kind) {
    case 'REGISTER_REGION':
      return command.parent !== null;
    case 'STATE':
      return command.scale === 'parent';
    case 'CORRECT':
    case 'WITHDRAW': {
      const news = statementChange(command.named);
      return news !== null && news.kind !== 'WITHDRAWN' && news.content.scale === 'parent';
    }
    default:
      return false;
  }
}
