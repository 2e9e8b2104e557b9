import type { ExampleOperation } from './example-operation.js';

export const auditOfAChange: ExampleOperation = {
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

export const proof: ExampleOperation = {
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
