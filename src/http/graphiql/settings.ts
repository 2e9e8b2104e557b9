/** A tab that GraphiQL opens with. */
export interface GraphiqlExample {
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}

export interface GraphiqlSettings {
  /** Where the page's own script and style sheet are: page.js and page.css. */
  readonly directory: string;
  readonly examples: readonly GraphiqlExample[];
}
