import { troubleOf } from '../../postgres/trouble.js';
import { ReadDatabaseUnusableError } from './errors.js';

/** Whether somebody else kept locked what was to be changed for longer than was waited for: another try may succeed. */
export const isLocked = (error: unknown): boolean =>
  error instanceof ReadDatabaseUnusableError && troubleOf(error.cause) === 'LOCKED';
