import { defineEnum } from '../enum.js';

export const Basis = defineEnum(
  'Basis',
  'How a status is known. Nobody should take a reconstruction for an observation: counts carry their bases.',
  {
    OBSERVED: 'Stated by whoever observed it.',
    PUBLISHED: 'Printed for this very subject in a publication.',
    RECONSTRUCTED:
      'Inferred, for example from printed totals: one history that fits them, not necessarily the true one.',
  },
);
