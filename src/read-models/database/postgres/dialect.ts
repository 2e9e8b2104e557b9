import { PostgresDialect, PostgresQueryCompiler, type FunctionNode, type PostgresPool } from 'kysely';
import { JSON_ROWS } from '../../../../projections/json-rows.js';

class Compiler extends PostgresQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    const [list, length] = node.arguments;
    if (node.func !== JSON_ROWS || !list || !length) return super.visitFunction(node);
    // The planner believes that any list has a hundred rows, unless it is told: then it seeks for short ones.
    this.append('(select value from json_array_elements(cast(');
    this.visitNode(list);
    this.append(' as json)) limit ');
    this.visitNode(length);
    this.append(')');
  }
}

class Dialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new Compiler();
  }
}

export const dialectOver = (pool: PostgresPool): PostgresDialect => new Dialect({ pool });
