import type { Command } from '../commands/command.js';
import type { Role } from './role.js';

/** What can be permitted: to read, and to ask for each kind of thing to be recorded. */
export type Power = 'READ' | Command['kind'];

/** The least role that has each power. A new kind of command does not compile before somebody has decided who may ask it. */
export const powers: Readonly<Record<Power, Role>> = {
  READ: 'reader',
  REGISTER_REGION: 'recorder',
  REGISTER_PROJECT: 'recorder',
  NAME: 'recorder',
  RETIRE: 'recorder',
  STATE: 'recorder',
  CORRECT: 'recorder',
  WITHDRAW: 'recorder',
  RECORD_MILESTONE: 'recorder',
  DEFINE_PERIOD: 'publisher',
  PUBLISH_PERIOD: 'publisher',
  DEFINE_SCALE: 'administrator',
  ERASE_ACTOR: 'administrator',
};
