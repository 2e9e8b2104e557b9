import { auditOfAChange, proof } from './auditing.js';
import type { ExampleOperation } from './example-operation.js';
import { live } from './following.js';
import { stateNow, timeTravel } from './reading.js';
import { recording } from './recording.js';
import { comparison, table1 } from './tabulating.js';

/** The examples in the order in which GraphiQL shows them, one tab each. */
export const exampleOperations: readonly ExampleOperation[] = [
  stateNow,
  timeTravel,
  auditOfAChange,
  proof,
  table1,
  comparison,
  live,
  recording,
];

/** The query that the server prints when it has started. It has no single quotes, because people paste it into a shell. */
export const firstQuery =
  '{ crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [{period: "2019-03"}, {period: "2020-10"}]}) { rows { label } columns { label } cells { count } } }';
