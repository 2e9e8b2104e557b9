import type { Basis } from '../../../events/primitives.js';
import { foldText } from '../sheet/cell-text.js';
import { ok, refuse, type Result } from './result.js';

const bases: Readonly<Record<Basis, readonly string[]>> = {
  OBSERVED: ['observed', 'waargenomen'],
  PUBLISHED: ['published', 'gepubliceerd'],
  RECONSTRUCTED: ['reconstructed', 'gereconstrueerd'],
};

/** How a basis is called in English or Dutch. */
export function parseBasis(text: string): Result<Basis> {
  for (const [basis, names] of Object.entries(bases)) {
    if (names.includes(foldText(text))) return ok(basis as Basis);
  }
  return refuse(
    'UNKNOWN_BASIS',
    `Accepted are ${Object.values(bases)
      .map((names) => names.join(' or '))
      .join('; ')}.`,
  );
}
