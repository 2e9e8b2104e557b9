import type { Kysely } from 'kysely';
import type { DomainEvent } from '../../events/domain-event.js';
import { UnplaceableEventError } from '../../events/errors/event-errors.js';
import type { Level, ScaleKind } from '../../events/scales.js';
import type { LevelOrder } from '../statements/changes.js';
import { FOREVER, type TablesOf } from '../table.js';
import type { scaleVersionTable } from './tables.js';

/** The order of each defined scale's levels, as the folds that compare levels follow it along the log. */
export interface LevelOrders {
  /** Reads what the tables hold, once after `forget`. */
  prepare(db: Kysely<TablesOf<typeof scaleVersionTable>>): Promise<void>;
  apply(event: DomainEvent): void;
  /** Null for a nominal scale. @throws {UnplaceableEventError} when no such scale is defined. */
  of(scale: string): LevelOrder;
  forget(): void;
}

const orderOf = (kind: ScaleKind, levels: readonly Pick<Level, 'key'>[]): LevelOrder =>
  kind === 'ORDINAL' ? new Map(levels.map(({ key }, index) => [key, index])) : null;

export function newLevelOrders(): LevelOrders {
  let orders: Map<string, { kind: ScaleKind; order: LevelOrder }> | null = null;

  const entryOf = (scale: string) => {
    const entry = orders?.get(scale);
    if (!entry) throw new UnplaceableEventError(`Scale '${scale}' is not defined.`);
    return entry;
  };

  return {
    async prepare(db) {
      if (orders) return;
      const rows = await db.selectFrom('scale_version').selectAll().where('known_until', '=', FOREVER).execute();
      orders = new Map(
        rows.map((row) => {
          const kind = row.kind as ScaleKind;
          const { levels } = JSON.parse(row.definition) as { levels: Level[] };
          return [row.key, { kind, order: orderOf(kind, levels) }];
        }),
      );
    },
    apply(event) {
      if (event.type === 'ScaleDefined') {
        const { key, kind, levels } = event.data;
        orders?.set(key, { kind, order: orderOf(kind, levels) });
      } else if (event.type === 'ScaleRevised') {
        const { kind } = entryOf(event.data.key);
        orders?.set(event.data.key, { kind, order: orderOf(kind, event.data.levels) });
      }
    },
    of: (scale) => entryOf(scale).order,
    forget() {
      orders = null;
    },
  };
}
