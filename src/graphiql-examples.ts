import type { GraphiqlExample } from './http/graphiql/settings.js';

const stateNow: GraphiqlExample = {
  query: `# Where the regions stand today, as known now.
# Ctrl-Enter runs it; Ctrl-Space completes; the book on the left documents the schema.
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

const timeTravel: GraphiqlExample = {
  query: `# One region on two time axes. asOf (valid time): what held on that date.
# knownAt (system time): what had been recorded by that instant. An answer says for which moment it is.
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

const auditOfAChange: GraphiqlExample = {
  query: `# Why a region has the level that it has, and every change that led there: who recorded it, when, on what evidence.
query AuditOfAPhaseChange {
  region(key: "zeeland") {
    explain(scale: "agreements") {
      status { level { label(language: EN) } since }
      statements { level { label(language: EN) } effectiveOn knownFrom knownUntil endedBy reason event { position } }
      printedIn { report table row column published verdict }
    }
    changes(scale: "agreements", includeSuperseded: true) {
      nodes {
        effectiveOn
        changedAfter
        direction
        from { label(language: EN) }
        to { label(language: EN) }
        basis
        knownFrom
        supersededAt
        recordedBy { id name }
        reason
        evidence { title locator url }
        event { position type recordedAt hash }
      }
    }
  }
}
`,
};

const table1: GraphiqlExample = {
  query: `# Table 1 of the report, rebuilt from the history as each period was published,
# and each figure as it was printed beside it.
query Table1Rebuilt {
  crossTab(
    subjects: REGION
    rows: { scale: "agreements" }
    columns: {
      moments: [
        { period: "2019-03", asPublished: true }
        { period: "2019-10", asPublished: true }
        { period: "2020-03", asPublished: true }
        { period: "2020-10", asPublished: true }
      ]
    }
  ) {
    rows { label(language: EN) }
    columns { label(language: EN) }
    cells { count share basis { basis count } }
    columnTotals
  }
  report(key: "2021-01") {
    title
    table(number: 1) {
      title
      cells { row column published rebuilt knownNow verdict }
    }
  }
}
`,
};

const comparison: GraphiqlExample = {
  query: `# How far the regions moved between two periods, and how much of the difference
# is movement and how much is what was only learned later.
query Comparison {
  comparison(
    scale: "agreements"
    from: { period: "2019-10", asPublished: true }
    to: { period: "2020-10" }
  ) {
    rows { level { label(language: EN) } before after change movement restatement }
    advanced
    regressed
    unchanged
    entered
    left
    movers(direction: [ADVANCE], first: 10) {
      nodes { subject { key name } from { level { key } } to { level { key } } restated }
    }
  }
}
`,
};

const live: GraphiqlExample = {
  query: `# Status changes as they become known. Without afterPosition only what comes;
# with it, first what is there after that position, and nothing missed or repeated.
subscription Live($after: Position) {
  statusChanged(afterPosition: $after) {
    position
    subject { key name }
    scale { key }
    begun { effectiveOn direction from { label(language: EN) } to { label(language: EN) } }
    ended { effectiveOn supersededAt }
  }
}
`,
  variables: `{
  "after": null
}
`,
};

const recording: GraphiqlExample = {
  query: `# Recording needs a token: npm run -s peildatum -- token --role recorder --name "…"
# Put it below under Headers as {"authorization": "Bearer …"}.
# With validateOnly nothing is recorded: the answer says whether it could be.
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
    "subject": "zeeland",
    "scale": "agreements",
    "level": "4",
    "effectiveOn": "2021-05-01",
    "reason": "Tried out in GraphiQL.",
    "validateOnly": true
  }
}
`,
};

/** What GraphiQL opens with, a tab each: what the API is for, on the history that comes with it. */
export const graphiqlExamples: readonly GraphiqlExample[] = [
  stateNow,
  timeTravel,
  auditOfAChange,
  table1,
  comparison,
  live,
  recording,
];
