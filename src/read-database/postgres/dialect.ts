import { PostgresDialect, PostgresQueryCompiler, type FunctionNode, type PostgresPool } from 'kysely';

/** Spells what the questions share with SQLite. */
class Compiler extends PostgresQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    if (node.func !== 'json_each') return super.visitFunction(node);
    this.append('json_array_elements(cast(');
    this.compileList(node.arguments);
    this.append(' as json))');
  }
}

class Dialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new Compiler();
  }
}

export const dialectOver = (pool: PostgresPool): PostgresDialect => new Dialect({ pool });
