import type { Basis } from '../../../events/primitives.js';
import { folded } from '../sheet/text.js';
import { found, notFound, type Found } from './found.js';

const bases: Readonly<Record<Basis, readonly string[]>> = {
  OBSERVED: ['observed', 'waargenomen'],
  PUBLISHED: ['published', 'gepubliceerd'],
  RECONSTRUCTED: ['reconstructed', 'gereconstrueerd'],
};

/** How a basis is called in English or Dutch. */
export function basisCalled(text: string): Found<Basis> {
  for (const [basis, names] of Object.entries(bases)) {
    if (names.includes(folded(text))) return found(basis as Basis);
  }
  return notFound(
    'UNKNOWN_BASIS',
    `Accepted are ${Object.values(bases)
      .map((names) => names.join(' or '))
      .join('; ')}.`,
  );
}
