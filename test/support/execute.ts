import { execute, type GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { buildPeildatumSchema } from '../../schema/build-schema.js';
import type { Context } from '../../schema/context.js';
import { presentError } from '../../src/http/errors.js';
import { checkDocument } from '../../src/http/check-operation.js';
import type { Answer, Variables } from './answer.js';

let built: GraphQLSchema | undefined;

/** Building the schema takes a while, and nothing in it belongs to one test. */
export const theSchema = (): GraphQLSchema => (built ??= buildPeildatumSchema());

const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();

/** The document, or what is wrong with it. */
function checked(text: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(text);
  if (known) return known;
  const found = checkDocument(text, theSchema());
  documents.set(text, found);
  return found;
}

/** Executes a request in this process as the server would, errors in the form that clients see included. */
export async function executeAs<T>(text: string, variables: Variables, contextValue: Context): Promise<Answer<T>> {
  const internal: unknown[] = [];
  // What the server logs and hides from clients is what a failing test must show.
  const logger = pino({ level: 'error' }, { write: (line: string) => void internal.push(JSON.parse(line)) });
  const present = (errors: readonly GraphQLError[]) =>
    errors.map((error) => {
      const shown = presentError(error, logger);
      return internal.length > 0 ? { ...shown, internal: internal.splice(0) } : shown;
    });
  const document = checked(text);
  if (!('kind' in document)) return { data: null, errors: present(document) };
  const result = await execute({ schema: theSchema(), document, variableValues: variables, contextValue });
  // As it would travel: without prototypes, and without what JSON leaves out.
  const data = JSON.parse(JSON.stringify(result.data ?? null)) as T | null;
  return { data, errors: present(result.errors ?? []) };
}
