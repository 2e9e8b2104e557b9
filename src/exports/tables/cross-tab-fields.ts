import type { BasisCount } from './basis-notes.js';
import { MOMENT_FIELDS, type MomentFields } from './moment-notes.js';

/** The fields of a cross-tabulation that a sheet shows. */
export const CROSS_TAB_FIELDS = /* GraphQL */ `
  fragment CrossTabFields on CrossTab {
    moment {
      ...MomentFields
    }
    rows {
      key
      label(language: $language)
    }
    columns {
      key
      label(language: $language)
      moment {
        ...MomentFields
      }
    }
    cells {
      count
      share
      basis {
        basis
        count
      }
    }
    rowTotals
    columnTotals
    total
    unassessed
    unplaced
    inScope
    basis {
      basis
      count
    }
  }
  ${MOMENT_FIELDS}
`;

export interface CrossTabCell {
  readonly count: number;
  readonly share: number | null;
  readonly basis: readonly BasisCount[];
}

export interface CrossTabColumn {
  readonly key: string;
  readonly label: string;
  readonly moment: MomentFields | null;
}

export interface CrossTabFields {
  /** Null where each column has a moment of its own. */
  readonly moment: MomentFields | null;
  readonly rows: readonly { readonly key: string; readonly label: string }[];
  readonly columns: readonly CrossTabColumn[];
  readonly cells: readonly (readonly CrossTabCell[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  readonly unassessed: readonly number[];
  readonly unplaced: number;
  readonly inScope: readonly number[];
  readonly basis: readonly BasisCount[];
}

/** How the statuses counted in each column are known. */
export const basisByColumn = ({ columns, cells }: CrossTabFields): BasisCount[][] =>
  columns.map((_, index) => cells.flatMap((row) => row[index]?.basis ?? []));
