import type { Grounds } from './define-command.js';

/** Grounds as the data of events carries them that need none: what is not given is left out. */
export const optionalGrounds = ({ reason, evidence }: Grounds) => ({
  ...(reason === null ? {} : { reason }),
  ...(evidence.length === 0 ? {} : { evidence: [...evidence] }),
});
