import { defineEnum } from '../enum.js';

export const SubjectKind = defineEnum('SubjectKind', 'What statements of status are made about.', {
  REGION: 'A care-office region (zorgkantoorregio) or a subregion.',
  PROJECT: 'A regional project (transitieplan).',
});
