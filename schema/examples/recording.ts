import type { ExampleOperation } from './example-operation.js';

export const recording: ExampleOperation = {
  query: `# Recording needs a token, which this prints:
#   npm run -s peildatum -- token --role recorder --name "…"
# Under Headers below put {"authorization": "Bearer <token>"}.
# The subject is an id, as { region(key: "zeeland") { id } }
# answers. With validateOnly nothing is recorded: the answer
# says whether it could be.
mutation Recording($input: RecordStatusInput!) {
  recordStatus(input: $input) {
    __typename
    ... on Recorded { position event { id recordedAt } }
    ... on Problem { code message }
  }
}
`,
  variables: `{
  "input": {
    "subject": "WyJSZWdpb24iLCJ6ZWVsYW5kIiwiMjAyMC0xMC0zMSIsNTExOV0",
    "scale": "agreements",
    "level": "4",
    "effectiveOn": "2021-05-01",
    "reason": "Tried out in GraphiQL.",
    "validateOnly": true
  }
}
`,
};
