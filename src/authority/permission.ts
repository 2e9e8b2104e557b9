import { commandDefinitions, commandKinds, type CommandKind } from '../commands/catalogue.js';
import type { Role } from './role.js';

/** What can be permitted: to read, and to ask for each kind of thing to be recorded. */
export type Permission = 'READ' | CommandKind;

export const permissions: readonly Permission[] = ['READ', ...commandKinds];

/** The least role that has a permission. Who may ask for something to be recorded is said where its command is defined. */
export const roleFor = (permission: Permission): Role =>
  permission === 'READ' ? 'reader' : commandDefinitions[permission].role;
