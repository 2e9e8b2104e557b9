import type { ExampleOperation } from './example-operation.js';

export const table1: ExampleOperation = {
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

export const comparison: ExampleOperation = {
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
