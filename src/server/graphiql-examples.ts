import type { GraphiqlExample } from '../http/graphiql/settings.js';

const stateNow: GraphiqlExample = {
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

const timeTravel: GraphiqlExample = {
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

const auditOfAChange: GraphiqlExample = {
  query: `# Why a region has the level that it has, and each change
# that led there: who recorded it, when, on what evidence.
query AuditOfAPhaseChange {
  region(key: "zeeland") {
    explain(scale: "agreements") {
      status { level { label(language: EN) } since }
      statements {
        level { label(language: EN) }
        effectiveOn
        knownFrom
        knownUntil
        endedBy
        reason
        event { position }
      }
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

const proof: GraphiqlExample = {
  query: `# What an auditor takes home: the log's head, signed; that
# the statement behind a region's phase is in it; and that
# the log only grew since the report was published.
query ProofOfAPhase {
  logHead { origin size rootHash checkpoint }
  region(key: "zeeland") {
    explain(scale: "agreements") {
      statements {
        reason
        event { hash inclusionProof { leafIndex treeSize path tlogProof } }
      }
    }
  }
  period(key: "2020-10") { publishedTree { size rootHash } }
  consistencyProof(first: "5150", second: "5152") { path }
}
`,
};

const table1: GraphiqlExample = {
  query: `# Table 1 of the report, rebuilt from the history as each
# period was published, and the figures as printed.
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
  query: `# How far the regions moved between two periods: how much
# of the difference is movement, and how much is what was
# only learned later.
query Comparison {
  comparison(
    scale: "agreements"
    from: { period: "2019-10", asPublished: true }
    to: { period: "2020-10" }
  ) {
    rows {
      level { label(language: EN) }
      before
      after
      change
      movement
      restatement
    }
    advanced
    regressed
    unchanged
    entered
    left
    movers(direction: [ADVANCE], first: 10) {
      nodes {
        subject { key name }
        from { level { key } }
        to { level { key } }
        restated
      }
    }
  }
}
`,
};

const live: GraphiqlExample = {
  query: `# Status changes as they become known, until you stop it.
# With afterPosition it resumes there, nothing missed or
# repeated; without, it begins with what comes next.
subscription Live($after: Position) {
  statusChanged(afterPosition: $after) {
    position
    subject { key name }
    scale { key }
    begun {
      effectiveOn
      direction
      from { label(language: EN) }
      to { label(language: EN) }
    }
    ended { effectiveOn supersededAt }
  }
}
`,
  variables: `{
  "after": "5000"
}
`,
};

const recording: GraphiqlExample = {
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

/** What GraphiQL opens with, a tab each: what the API is for, on the history that comes with it. */
export const graphiqlExamples: readonly GraphiqlExample[] = [
  stateNow,
  timeTravel,
  auditOfAChange,
  proof,
  table1,
  comparison,
  live,
  recording,
];
