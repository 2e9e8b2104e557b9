import { subjectsOfNoun, type CellCondition, type CellReference } from './cell-reference.js';
import type { Formula, Operator } from './formula.js';
import { FormulaError, tokenize, type Token } from './tokens.js';

/** Deeper nesting than anybody writes; without a bound a text of brackets could exhaust the stack. */
const MAX_DEPTH = 50;

/**
 * Reads a formula:
 *
 *     sum     = product (('+' | '-') product)*
 *     product = factor (('*' | '/') factor)*
 *     factor  = NUMBER | '-' factor | '(' sum ')' | cell
 *     cell    = ('regions' | 'projects') ['[' condition (',' condition)* ']'] ['@' PERIOD]
 *     condition = SCALE ['=' LEVEL ('|' LEVEL)*]
 *
 * @throws {FormulaError} that says where and what was expected
 */
export function parseFormula(text: string): Formula {
  const tokens = tokenize(text);
  let next = 0;
  const peek = (): Token => tokens[next] as Token;
  const consume = (): Token => tokens[next++] as Token;
  const takes = (symbol: string): boolean => {
    if (peek().kind !== 'SYMBOL' || peek().text !== symbol) return false;
    next += 1;
    return true;
  };
  const expected = (what: string): FormulaError =>
    new FormulaError(peek().at, `Expected ${what}, found ${peek().kind === 'END' ? 'the end' : `'${peek().text}'`}`);
  const expect = (symbol: string): void => {
    if (!takes(symbol)) throw expected(`'${symbol}'`);
  };
  const nameOf = (what: string): string => {
    if (peek().kind !== 'NAME') throw expected(what);
    return consume().text;
  };

  const operations = (operators: readonly Operator[], operand: () => Formula): Formula => {
    let left = operand();
    for (;;) {
      const operator = operators.find(takes);
      if (!operator) return left;
      left = { kind: 'OPERATION', operator, left, right: operand() };
    }
  };

  const number = (): number => {
    const { at, text: digits } = consume();
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new FormulaError(at, 'The number is too large to compute with');
    return value;
  };

  const condition = (): CellCondition => {
    const scale = nameOf('a scale');
    if (!takes('=')) return { scale, levels: null };
    const levels = [nameOf('a level')];
    while (takes('|')) levels.push(nameOf('a level'));
    return { scale, levels };
  };

  const cell = (): CellReference => {
    const noun = peek();
    const subjects = subjectsOfNoun(nameOf("a number, 'regions', 'projects', '-' or '('"));
    if (!subjects) throw new FormulaError(noun.at, `Expected 'regions' or 'projects', found '${noun.text}'`);
    const conditions: CellCondition[] = [];
    if (takes('[')) {
      do {
        const at = peek().at;
        const added = condition();
        if (conditions.some(({ scale }) => scale === added.scale)) {
          throw new FormulaError(at, `Scale '${added.scale}' is named twice; join its levels by '|'`);
        }
        conditions.push(added);
      } while (takes(','));
      expect(']');
    }
    return { subjects, conditions, period: takes('@') ? nameOf('a period') : null };
  };

  const factor = (depth: number): Formula => {
    if (depth > MAX_DEPTH) throw new FormulaError(peek().at, `The formula is nested more than ${MAX_DEPTH} deep`);
    if (peek().kind === 'NUMBER') return { kind: 'NUMBER', value: number() };
    if (takes('-')) return { kind: 'NEGATION', of: factor(depth + 1) };
    if (takes('(')) {
      const inner = sum(depth + 1);
      expect(')');
      return inner;
    }
    return { kind: 'CELL', cell: cell() };
  };

  const sum = (depth: number): Formula => operations(['+', '-'], () => operations(['*', '/'], () => factor(depth)));

  const formula = sum(0);
  if (peek().kind !== 'END') throw expected('an operator or the end');
  return formula;
}
