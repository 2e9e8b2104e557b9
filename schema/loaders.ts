import DataLoader from 'dataloader';
import type { StoredEvent } from '../events/envelope.js';
import type { SubjectKind } from '../events/primitives.js';
import type { AnySubjectKind } from '../events/streams.js';
import { milestonesAt, type MilestoneView } from '../projections/milestones/queries.js';
import { allPeriods, type PeriodView } from '../projections/periods/queries.js';
import type { Point } from '../projections/point.js';
import type { ReadDatabase } from '../projections/read-model.js';
import { reportFigures, type ReportFigures } from '../projections/reports/figures.js';
import { reportsAt, type PrintedReport } from '../projections/reports/queries.js';
import { scalesAt, type ScaleView } from '../projections/scales/queries.js';
import { historyOf, type SubjectHistory } from '../projections/statements/queries/history.js';
import { placements, type Placement } from '../projections/statements/queries/placements.js';
import { parentsOfRegions, population, type SubjectFilter } from '../projections/statements/queries/population.js';
import { standingChanges, type StatusChangeView } from '../projections/statements/queries/status-changes.js';
import { statusesAt, type Cell, type StatusView } from '../projections/statements/queries/statuses.js';
import { subjectsAt, type SubjectView } from '../projections/statements/queries/subjects.js';
import { statementNotes, versionsBy, type StatementNote } from '../projections/statements/queries/versions.js';
import type { KnownCheckpoint } from '../src/proofs/checkpoints/verify-checkpoint.js';
import type { Signer } from '../src/proofs/checkpoints/checkpoint-signer.js';
import type { Vault } from '../src/authority/vault/port.js';
import type { Checkpoint, EventStore } from '../src/event-store/port.js';
import type { Subtree, SubtreeHashes } from '../src/proofs/merkle/subtree.js';

const pointKey = ({ asOf, position }: Point): string => `${asOf}@${position}`;

/** Asked for at a point: what is asked for in one go is fetched together, one fetch per point. */
interface AtPoint<K> {
  readonly key: K;
  readonly point: Point;
}

function pointLoader<K extends string | number, V>(
  fetch: (keys: readonly K[], point: Point) => Promise<ReadonlyMap<K, V>>,
): DataLoader<AtPoint<K>, V | null, string> {
  return new DataLoader<AtPoint<K>, V | null, string>(
    async (asked) => {
      const found = new Map<string, ReadonlyMap<K, V>>();
      for (const [name, group] of Map.groupBy(asked, ({ point }) => pointKey(point))) {
        const point = (group[0] as AtPoint<K>).point;
        found.set(
          name,
          await fetch(
            group.map(({ key }) => key),
            point,
          ),
        );
      }
      return asked.map(({ key, point }) => found.get(pointKey(point))?.get(key) ?? null);
    },
    { cacheKeyFn: ({ key, point }) => `${key}@${pointKey(point)}` },
  );
}

/** Servers that sign at the same time keep a few checkpoints in another order than that of their sizes. */
const NEARLY_IN_ORDER = 8;

const byId = <T extends { readonly id: number }>(items: readonly T[]): Map<number, T> =>
  new Map(items.map((item) => [item.id, item]));

function cellNamed(name: string): Cell {
  const colon = name.indexOf(':');
  return { subject: Number(name.slice(0, colon)), scale: name.slice(colon + 1) };
}

/** Remembers one answer per key for the length of the request. */
function once<K, V>(fetch: (key: K) => Promise<V>, nameOf: (key: K) => string): (key: K) => Promise<V> {
  const answers = new Map<string, Promise<V>>();
  return (key) => {
    const name = nameOf(key);
    const known = answers.get(name);
    if (known) return known;
    const answer = fetch(key);
    answers.set(name, answer);
    return answer;
  };
}

export interface Loaders {
  readonly subject: DataLoader<AtPoint<number>, SubjectView | null, string>;
  /** Keys are written '<KIND>:<key>'. */
  readonly subjectByKey: DataLoader<AtPoint<string>, SubjectView | null, string>;
  /** Keys are written '<subject id>:<scale>'. */
  readonly status: DataLoader<AtPoint<string>, StatusView | null, string>;
  /** All that was said about a subject by the position; the date of the point does not matter. */
  readonly history: DataLoader<AtPoint<number>, SubjectHistory | null, string>;
  /** The standing changes of a cell, oldest first. Keys are written '<subject id>:<scale>'. */
  readonly changes: DataLoader<AtPoint<string>, readonly StatusChangeView[] | null, string>;
  readonly milestones: DataLoader<AtPoint<number>, readonly MilestoneView[] | null, string>;
  readonly event: DataLoader<number, StoredEvent | null>;
  /** The names of actors, by id, as the vault knows them now. */
  readonly actorName: DataLoader<string, string | null>;
  /** What versions of statements say of themselves, by position. */
  readonly endings: DataLoader<number, StatementNote | null>;
  /** The greatest revision of a stream by a position. */
  readonly revision: DataLoader<AtPoint<string>, number | null, string>;
  /** The hashes of subtrees of the log: those that several proofs ask for in one go are fetched together. */
  readonly subtrees: SubtreeHashes;
  /** The first checkpoint that was kept of a size or a greater one. */
  readonly coveringCheckpoint: DataLoader<number, Checkpoint | null>;
  /** A checkpoint of exactly a size. */
  readonly checkpointOf: DataLoader<number, Checkpoint | null>;
  newestCheckpoint(): Promise<KnownCheckpoint | null>;
  /** The last position of the log. */
  head(): Promise<number>;
  scales(position: number): Promise<readonly ScaleView[]>;
  periods(position: number): Promise<readonly PeriodView[]>;
  reports(position: number): Promise<readonly PrintedReport[]>;
  /** What the figures of a report are computed from, as seen from a position. */
  reportFigures(report: PrintedReport, position: number): Promise<ReportFigures>;
  /** Of each region that has a parent: its key and the parent's. */
  parents(point: Point): Promise<ReadonlyMap<string, string>>;
  /** The subjects that exist and pass a filter. */
  population(kind: SubjectKind, filter: SubjectFilter, point: Point): Promise<readonly SubjectView[]>;
  /** The placement on a scale of each existing subject of a kind, by id. */
  placed(kind: SubjectKind, scale: string, point: Point): Promise<ReadonlyMap<number, Placement>>;
  /** All subjects of a kind that are registered by the position. */
  registered(kind: AnySubjectKind, point: Point): Promise<readonly SubjectView[]>;
}

/** New for every request: nothing that one request saw may answer another. */
export function newLoaders(
  read: ReadDatabase,
  log: EventStore,
  vault: Pick<Vault, 'namesOf'>,
  signer: Pick<Signer, 'newest'>,
): Loaders {
  const subtree = new DataLoader<Subtree, Buffer, string>((subtrees) => log.subtreeHashes(subtrees), {
    cacheKeyFn: ({ level, index }) => `${level}:${index}`,
  });
  const head = once(async () => (await log.head()).position, String);
  const newest = once(() => signer.newest(), String);
  const registered = once(
    ({ kind, point }: { kind: AnySubjectKind; point: Point }) => subjectsAt(read, { kind }, point),
    ({ kind, point }) => `${kind}@${pointKey(point)}`,
  );
  const figures = once(
    ({ report, position }: { report: PrintedReport; position: number }) => reportFigures(read, report, position),
    ({ report, position }) => `${report.key}@${position}`,
  );
  const existing = once(
    ({ kind, filter, point }: { kind: SubjectKind; filter: SubjectFilter; point: Point }) =>
      population(read, kind, filter, point),
    ({ kind, filter, point }) => `${kind}@${pointKey(point)}@${JSON.stringify(filter)}`,
  );
  const placed = once(
    async ({ kind, scale, point }: { kind: SubjectKind; scale: string; point: Point }) => {
      const subjects = await existing({ kind, filter: {}, point });
      return placements(
        read,
        subjects.map(({ id }) => id),
        scale,
        point,
      );
    },
    ({ kind, scale, point }) => `${kind}@${scale}@${pointKey(point)}`,
  );
  return {
    subject: pointLoader(async (ids, point) => byId(await subjectsAt(read, { ids }, point))),
    subjectByKey: pointLoader(async (names, point) => {
      const found = new Map<string, SubjectView>();
      for (const [kind, group] of Map.groupBy(names, (name) => name.slice(0, name.indexOf(':')) as AnySubjectKind)) {
        const keys = group.map((name) => name.slice(kind.length + 1));
        for (const view of await subjectsAt(read, { kind, keys }, point)) found.set(`${kind}:${view.key}`, view);
      }
      return found;
    }),
    status: pointLoader(async (names, point) => {
      const statuses = await statusesAt(read, names.map(cellNamed), point);
      return new Map(statuses.map((status) => [`${status.subject}:${status.scale}`, status]));
    }),
    history: pointLoader(async (ids, { position }) => {
      const versions = Map.groupBy(await versionsBy(read, ids, null, position), ({ subject }) => subject);
      return new Map(ids.map((id) => [id, historyOf(versions.get(id) ?? [])]));
    }),
    changes: pointLoader(async (names, { position }) => {
      const cells = names.map(cellNamed);
      const changes = await standingChanges(read, cells, position);
      return Map.groupBy(changes, ({ subject, scale }) => `${subject}:${scale}`);
    }),
    milestones: pointLoader(async (ids, point) =>
      Map.groupBy(await milestonesAt(read, point, ids), ({ subject }) => subject ?? 0),
    ),
    event: new DataLoader(async (positions) => {
      const events = new Map((await log.byPositions(positions)).map((event) => [event.position, event]));
      return positions.map((position) => events.get(position) ?? null);
    }),
    actorName: new DataLoader(async (actors) => {
      const names = await vault.namesOf(actors);
      return actors.map((actor) => names.get(actor) ?? null);
    }),
    endings: new DataLoader(async (positions) => {
      const notes = new Map((await statementNotes(read, positions)).map((note) => [note.position, note]));
      return positions.map((position) => notes.get(position) ?? null);
    }),
    revision: pointLoader((streams, { position }) => log.revisionsAt(streams, position)),
    subtrees: (subtrees) => Promise.all(subtrees.map((each) => subtree.load(each))),
    coveringCheckpoint: new DataLoader((sizes) =>
      Promise.all(sizes.map(async (from) => (await log.checkpoints({ from, limit: 1 }))[0] ?? null)),
    ),
    checkpointOf: new DataLoader((sizes) =>
      Promise.all(
        sizes.map(async (size) => {
          const kept = await log.checkpoints({ from: size, limit: NEARLY_IN_ORDER });
          return kept.find((each) => each.size === size) ?? null;
        }),
      ),
    ),
    newestCheckpoint: () => newest(null),
    head: () => head(null),
    scales: once((position: number) => scalesAt(read, position), String),
    periods: once((position: number) => allPeriods(read, position), String),
    reports: once((position: number) => reportsAt(read, position), String),
    reportFigures: (report, position) => figures({ report, position }),
    parents: once((point: Point) => parentsOfRegions(read, point), pointKey),
    population: (kind, filter, point) => existing({ kind, filter, point }),
    placed: (kind, scale, point) => placed({ kind, scale, point }),
    registered: (kind, point) => registered({ kind, point }),
  };
}
