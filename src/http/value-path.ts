import { Kind, TokenKind, type ASTNode, type Token } from 'graphql';

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);
const OPENING: ReadonlySet<string> = new Set([TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R]);

const previous = (token: Token): Token | null => {
  let before = token.prev;
  while (before?.kind === TokenKind.COMMENT) before = before.prev;
  return before;
};

/** The innermost bracket that encloses the token; null for none. */
const enclosingBracket = (token: Token): Token | null => {
  let depth = 0;
  for (let before = previous(token); before !== null; before = previous(before)) {
    if (CLOSING.has(before.kind)) depth += 1;
    else if (OPENING.has(before.kind)) {
      if (depth === 0) return before;
      depth -= 1;
    }
  }
  return null;
};

const variableBefore = (token: Token): string => {
  let before = previous(token);
  while (before !== null && before.kind !== TokenKind.DOLLAR) before = previous(before);
  return `$${before?.next?.value ?? ''}`;
};

/**
 * The path of a value in a document: 'at.asOf' for the field asOf of the argument at, '$at.asOf' in the default of a variable.
 * Null for a node that is no value. graphql-js reports the error of a scalar with the node of the value alone, so the path is
 * read from the tokens before that node.
 */
export const pathOfValue = (node: ASTNode | undefined): string | null => {
  if (node?.loc === undefined || !VALUE_KINDS.has(node.kind)) return null;
  const names: string[] = [];
  let start: Token = node.loc.startToken;
  for (;;) {
    const before = previous(start);
    if (before?.kind === TokenKind.EQUALS) return [variableBefore(before), ...names].join('.');
    if (before?.kind === TokenKind.COLON) names.unshift(previous(before)?.value ?? '');
    const bracket = enclosingBracket(start);
    if (bracket === null) return null;
    if (bracket.kind === TokenKind.PAREN_L) return names.join('.');
    start = bracket;
  }
};
