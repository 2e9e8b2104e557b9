import type { ExampleOperation } from './example-operation.js';

export const live: ExampleOperation = {
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
