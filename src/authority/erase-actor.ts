import type { EraseActor } from '../commands/erase-actor.js';
import type { Outcome } from '../commands/execution/execute.js';
import type { Request } from '../commands/execution/request.js';
import type { Vault } from './vault/port.js';

export type EraseActorOutcome = Outcome | { readonly kind: 'UNKNOWN_ACTOR' };

/**
 * Empties an actor's entry in the vault, and records that it was done. The vault is emptied first, so that the event is never
 * untrue, wherever this is interrupted. A repeated request completes an erasure that was interrupted or met a conflict. Nothing
 * is emptied for a request that the rules refuse.
 */
export async function eraseActor(
  request: Request & { readonly command: EraseActor },
  vault: Pick<Vault, 'statusOf' | 'erase'>,
  execute: (request: Request) => Promise<Outcome>,
): Promise<EraseActorOutcome> {
  const { actor } = request.command;
  if ((await vault.statusOf(actor)) === 'UNKNOWN') return { kind: 'UNKNOWN_ACTOR' };
  const validation = await execute({ ...request, validateOnly: true });
  if (validation.kind !== 'VALID' || request.validateOnly) return validation;
  await vault.erase(actor);
  return execute(request);
}
