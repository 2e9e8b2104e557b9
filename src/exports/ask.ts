import {
  execute,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Logger } from 'pino';
import { presentError } from '../http/errors.js';
import { ExportRefusedError } from './problem.js';

export type Variables = Readonly<Record<string, unknown>>;

/** Asks a document of the API, as any client does. @throws {ExportRefusedError} when it is answered with an error. */
export type Ask = <T>(document: DocumentNode, variables: Variables) => Promise<T>;

const statuses: Readonly<Record<string, number>> = {
  UNKNOWN_REPORT: 404,
  UNKNOWN_TABLE: 404,
  INTERNAL_SERVER_ERROR: 500,
  // The read models are behind: the same request may be answered in a moment.
  STALE: 503,
};

const statusOf = (error: unknown, { extensions }: GraphQLFormattedError): number => {
  const own =
    error instanceof GraphQLError ? (error.extensions['http'] as { status?: unknown } | undefined) : undefined;
  if (typeof own?.status === 'number') return own.status;
  return statuses[String(extensions?.['code'])] ?? 400;
};

/** Errors in the form in which GraphQL answers. Where in our own document they arose is nothing to the client. */
export const refusalOf = (errors: readonly unknown[], logger: Logger): ExportRefusedError => {
  const presented = errors.map((error) => presentError(error, logger));
  const status = Math.max(...presented.map((shown, index) => statusOf(errors[index], shown)));
  return new ExportRefusedError(
    status,
    presented.map(({ message, extensions }) => ({ message, extensions: { ...extensions } })),
  );
};

/** One way through: an export is answered by the schema that GraphQL clients ask, in the same context. */
export const newAsk =
  (schema: GraphQLSchema, contextValue: unknown, logger: Logger): Ask =>
  async <T>(document: DocumentNode, variableValues: Variables): Promise<T> => {
    const result: ExecutionResult = await execute({ schema, document, variableValues, contextValue });
    if (result.errors) throw refusalOf(result.errors, logger);
    // The document says what it is.
    return result.data as T;
  };
