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
import { ExportRefusedError } from './export-error.js';

export type Variables = Readonly<Record<string, unknown>>;

/** Executes a document against the API, as any client does. @throws {ExportRefusedError} when the answer has errors. */
export type ApiQuery = <T>(document: DocumentNode, variables: Variables) => Promise<T>;

const statusByCode: Readonly<Record<string, number>> = {
  UNKNOWN_REPORT: 404,
  UNKNOWN_TABLE: 404,
  INTERNAL_SERVER_ERROR: 500,
  // The read models lag behind: the same request may succeed a moment later.
  STALE: 503,
};

const statusOf = (error: unknown, { extensions }: GraphQLFormattedError): number => {
  const httpExtension =
    error instanceof GraphQLError ? (error.extensions['http'] as { status?: unknown } | undefined) : undefined;
  if (typeof httpExtension?.status === 'number') return httpExtension.status;
  return statusByCode[String(extensions?.['code'])] ?? 400;
};

/** The errors as GraphQL answers present them, but without their place in our document, which the client did not write. */
export const exportErrorFor = (errors: readonly unknown[], logger: Logger): ExportRefusedError => {
  const presented = errors.map((error) => presentError(error, logger));
  const status = Math.max(...presented.map((shown, index) => statusOf(errors[index], shown)));
  return new ExportRefusedError(
    status,
    presented.map(({ message, extensions }) => ({ message, extensions: { ...extensions } })),
  );
};

/** Queries the schema that GraphQL clients query, in a context like theirs, so that an export never disagrees with the API. */
export const newApiQuery =
  (schema: GraphQLSchema, contextValue: unknown, logger: Logger): ApiQuery =>
  async <T>(document: DocumentNode, variableValues: Variables): Promise<T> => {
    const result: ExecutionResult = await execute({ schema, document, variableValues, contextValue });
    if (result.errors) throw exportErrorFor(result.errors, logger);
    // The caller's type describes what its document selects.
    return result.data as T;
  };
