import { InvalidArgumentError } from 'commander';
import { isActorId } from '../authority/authority.js';

/**
 * Parses --actor. Only ids that this program made are accepted: an invented id could hold the name of a person, and the log
 * never forgets. @throws {InvalidArgumentError}
 */
export function parseActorOption(text: string): string {
  if (!isActorId(text)) throw new InvalidArgumentError('It is the id (a UUID) of an actor that had a token before.');
  return text;
}
