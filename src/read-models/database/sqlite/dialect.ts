import type Database from 'better-sqlite3';
import { SqliteDialect, SqliteQueryCompiler, type FunctionNode } from 'kysely';
import { JSON_ROWS } from '../../../../projections/json-rows.js';

class Compiler extends SqliteQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    const [list] = node.arguments;
    if (node.func !== JSON_ROWS || !list) return super.visitFunction(node);
    this.append('json_each(');
    this.visitNode(list);
    this.append(')');
  }
}

export class Dialect extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new Compiler();
  }
}

export const dialectOver = (database: Database.Database): SqliteDialect => new Dialect({ database });
