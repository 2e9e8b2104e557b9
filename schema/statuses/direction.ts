import { defineEnum } from '../enum.js';

export const Direction = defineEnum('Direction', 'Which way a level changed.', {
  ENTER: 'The first level: there was none before.',
  ADVANCE: 'To a higher level of an ordinal scale.',
  REGRESS: 'To a lower level of an ordinal scale.',
  LATERAL: 'To another level of a nominal scale.',
  LEAVE: 'The last level ended, and none came after it: the subject was retired, or is absent on the later side.',
});
