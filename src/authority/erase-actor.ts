import type { CommandOf } from '../commands/command.js';
import type { Outcome } from '../commands/execute.js';
import type { Request } from '../commands/request.js';
import type { Vault } from './vault/port.js';

export type Erasure = Outcome | { readonly kind: 'UNKNOWN_ACTOR' };

/**
 * Empties somebody's entry in the vault and records that it was done. The vault comes first: an event that says so is then
 * never untrue, wherever this is interrupted; and what was interrupted, or met a conflict in between, is completed by asking
 * again. Nothing is emptied for a request that history would refuse.
 */
export async function eraseActor(
  request: Request & { readonly command: CommandOf<'ERASE_ACTOR'> },
  vault: Pick<Vault, 'standingOf' | 'erase'>,
  execute: (request: Request) => Promise<Outcome>,
): Promise<Erasure> {
  const { actor } = request.command;
  if ((await vault.standingOf(actor)) === 'UNKNOWN') return { kind: 'UNKNOWN_ACTOR' };
  const outlook = await execute({ ...request, validateOnly: true });
  if (outlook.kind !== 'VALID' || request.validateOnly) return outlook;
  await vault.erase(actor);
  return execute(request);
}
