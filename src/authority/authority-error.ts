import { GraphQLError } from 'graphql';

export type AuthorityCode = 'UNAUTHENTICATED' | 'FORBIDDEN';

const statuses: Readonly<Record<AuthorityCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** Somebody asks for what they have no authority for. Clients see it as it is, so it never says what is wrong with a token. */
export class AuthorityError extends GraphQLError {
  override readonly name = 'AuthorityError';
  /** Of an answer over HTTP that holds nothing but this problem. */
  readonly status: number;

  /** @param at ENTRANCE: the whole request is refused, and its HTTP status says so; FIELD: a field of it is. */
  constructor(
    readonly code: AuthorityCode,
    message: string,
    at: 'ENTRANCE' | 'FIELD',
  ) {
    const status = statuses[code];
    super(message, { extensions: { code, ...(at === 'ENTRANCE' ? { http: { status } } : {}) } });
    this.status = status;
  }
}
