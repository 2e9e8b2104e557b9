import type { ExampleOperation } from './example-operation.js';

export const stateNow: ExampleOperation = {
  query: `# Where the regions stand today, as known now.
# Ctrl-Enter runs it, Ctrl-Space completes what you write,
# and the book on the left documents the schema.
query StateNow {
  regions(first: 50) {
    totalCount
    nodes {
      key
      name
      status(scale: "agreements") {
        level { key label(language: EN) }
        since
        basis
      }
    }
  }
}
`,
};

export const timeTravel: ExampleOperation = {
  query: `# One region on two time axes.
# asOf, valid time: what held on that date.
# knownAt, system time: what was recorded by that instant.
# The moment of an answer says for when it is.
query TimeTravel($then: At!) {
  then: region(key: "zeeland", at: $then) { ...state }
  now: region(key: "zeeland") { ...state }
}

fragment state on Region {
  name
  moment { asOf knownAt position immutable }
  status(scale: "agreements") { level { label(language: EN) } since recordedAt }
}
`,
  variables: `{
  "then": { "asOf": "2019-12-31", "knownAt": "2020-01-15T12:00:00+01:00" }
}
`,
};
