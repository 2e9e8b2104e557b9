import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, StoredEvent } from '../../events/envelope.js';
import { formatCheckpoint } from '../../src/proofs/notes/tlog-checkpoint.js';
import { canonicalText } from '../../src/proofs/merkle/leaf-hash.js';
import { newSignerKey } from '../../src/proofs/notes/note-key.js';
import { signNote } from '../../src/proofs/notes/signed-note.js';
import { testDirectory } from '../support/directory.js';
import {
  copyOf,
  linesOf,
  newInstallation,
  packed,
  putFile,
  renewManifest,
  verified,
  writeLeaves,
  writeLines,
} from './pack.js';

const directory = testDirectory();
const origin = 'peildatum.example.org/log';
const signer = newSignerKey(origin);
const key = signer.verifier.encoded;
let pack = '';
let honest = '';
let events: StoredEvent[] = [];

beforeAll(async () => {
  ({ key: honest } = await newInstallation(directory, [243, 347]));
  pack = await packed(directory, 'pack');
  events = linesOf(pack).map((line) => {
    const { position, ...event } = JSON.parse(line) as Omit<StoredEvent, 'position'> & { readonly position: string };
    return { ...event, position: Number(position) };
  });
});

/** A pack of these events as whoever has the key can make it: whatever can be computed or signed fits. */
function signedAnew(changed: readonly StoredEvent[], as = origin): string {
  const copy = copyOf(pack);
  for (const folder of ['proofs', 'checkpoints', 'consistency']) rmSync(join(copy, folder), { recursive: true });
  writeLines(copy, changed.map(canonicalText));
  const root = writeLeaves(copy);
  writeFileSync(
    join(copy, 'checkpoint'),
    signNote(formatCheckpoint({ origin: as, size: changed.length, root, extensions: [] }), [signer]),
  );
  renewManifest(copy, { origin: as, treeSize: changed.length, rootHash: root.toString('base64'), checkpoints: [] });
  return copy;
}

const change = (position: number, changes: (event: StoredEvent) => Partial<StoredEvent>): StoredEvent[] =>
  events.map((event) => (event.position === position ? { ...event, ...changes(event) } : event));

/** As a log would give places to them. */
function inPlace(list: readonly StoredEvent[]): StoredEvent[] {
  const revisions = new Map<string, number>();
  return list.map((event, index) => {
    const revision = (revisions.get(event.stream) ?? -1) + 1;
    revisions.set(event.stream, revision);
    return { ...event, position: index + 1, revision };
  });
}

const idOf = (index: number): string => `01930000-0000-7000-8000-${String(index).padStart(12, '0')}`;

/** The history with one event more, behind the last publication. */
const continued = (event: Partial<StoredEvent>): StoredEvent[] =>
  inPlace([...events, { ...(events.at(-1) as StoredEvent), id: idOf(1), ...event }]);

const stated = (): StoredEvent => events.find(({ type }) => type === 'StatusStated') as StoredEvent;
const dataOf = (event: StoredEvent): Record<string, Json> => event.data as Record<string, Json>;

describe('what the keeper of the key could sign, and the history does not bear', () => {
  it('is nothing where the history is left as it is', () => {
    expect(verified(signedAnew(events), '--key', key)).toMatchObject({ code: 0, verdict: 'PROVEN' });
  });

  it.each<[string, () => StoredEvent[], { readonly position: number; readonly message: RegExp }]>([
    [
      'a position that is left out',
      () => events.map((event) => (event.position > 300 ? { ...event, position: event.position + 1 } : event)),
      { position: 301, message: /says that it is at position 302, and stands at 301/ },
    ],
    [
      'a revision that is left out',
      () => change(347, ({ revision }) => ({ revision: revision + 1 })),
      { position: 347, message: /has revision 2 of "period-2019-10", where 1 is next/ },
    ],
    [
      'an event that comes twice',
      () => continued({ id: events[0]?.id ?? '' }),
      { position: 348, message: /has the id of an event before it/ },
    ],
    [
      'a time that runs back',
      () => change(200, () => ({ recordedAt: '2017-01-01T00:00:00.000Z' })),
      { position: 200, message: /was recorded at 2017-01-01T00:00:00.000Z, before the one before it/ },
    ],
    [
      'a time that is stated after a live one',
      () => change(200, () => ({ recordedAtStated: false })),
      { position: 201, message: /states when it was recorded, after one that was recorded live/ },
    ],
    [
      'a correction of nothing',
      () =>
        continued({
          stream: stated().stream,
          type: 'StatusCorrected',
          data: { ...dataOf(stated()), corrects: idOf(9), reason: 'x' },
        }),
      { position: 348, message: /corrects ".*", which is no statement of/ },
    ],
    [
      'a withdrawal of what another subject has',
      () =>
        continued({
          stream: 'region-elsewhere',
          type: 'StatusWithdrawn',
          data: { withdraws: stated().id, reason: 'x' },
        }),
      { position: 348, message: /withdraws ".*", which is no statement of "region-elsewhere"/ },
    ],
    [
      'a correction on another scale',
      () =>
        continued({
          stream: stated().stream,
          type: 'StatusCorrected',
          data: { ...dataOf(stated()), scale: 'other', corrects: stated().id, reason: 'x' },
        }),
      { position: 348, message: /corrects a statement on scale ".*" by one on "other"/ },
    ],
  ])('is found: %s', (_, list, { position, message }) => {
    const { code, levels, faults } = verified(signedAnew(list()), '--key', key);
    expect({ code, levels }).toMatchObject({
      code: 1,
      levels: { files: 'PASS', signature: 'PASS', included: 'PASS', complete: 'FAIL' },
    });
    expect(faults.find(({ level }) => level === 'complete')).toMatchObject({
      position,
      message: expect.stringMatching(message),
    });
  });

  it('is not proven by the key of another log', () => {
    const { code, faults } = verified(signedAnew(events, 'elsewhere.example.org/log'), '--key', key);
    expect(code).toBe(1);
    expect(faults).toMatchObject([
      { level: 'signature', message: expect.stringContaining('signed by a key of another') },
    ]);
  });

  it('is found where a statement was withdrawn twice', () => {
    const withdrawal = {
      stream: stated().stream,
      type: 'StatusWithdrawn',
      data: { withdraws: stated().id, reason: 'x' },
    };
    const once = continued(withdrawal);
    expect(verified(signedAnew(once), '--key', key)).toMatchObject({ code: 0 });
    const twice = inPlace([...once, { ...(once.at(-1) as StoredEvent), id: idOf(2) }]);
    expect(verified(signedAnew(twice), '--key', key).faults).toMatchObject([{ level: 'complete', position: 349 }]);
  });

  it('is found where a published cell says something else', () => {
    const publication = events[346] as StoredEvent;
    const [first, ...cells] = dataOf(publication)['cells'] as readonly {
      readonly cell: string;
      readonly count: number;
    }[];
    const changed = { ...first, count: (first?.count ?? 0) + 1 } as unknown as Json;
    const data = { ...dataOf(publication), cells: [changed, ...(cells as unknown as Json[])] };
    const { code, faults } = verified(signedAnew(change(347, () => ({ data }))), '--key', key);
    expect(code).toBe(1);
    expect(faults).toMatchObject([{ level: 'replayed', position: 347, event: publication.id, cell: first?.cell }]);
  });

  it('is found where the period was published of another date', () => {
    const data = { ...dataOf(events[346] as StoredEvent), referenceDate: '2019-11-30' };
    const { faults } = verified(signedAnew(change(347, () => ({ data }))), '--key', key);
    expect(faults[0]).toMatchObject({
      level: 'replayed',
      position: 347,
      message: expect.stringContaining('its reference date is 2019-10-31'),
    });
  });

  it('is found by a checkpoint that was handed out before, however well everything fits', () => {
    const level = dataOf(stated())['level'] === '1' ? '2' : '1';
    const copy = signedAnew(change(stated().position, (event) => ({ data: { ...dataOf(event), level } })));
    const since = join(directory, 'since');
    writeFileSync(since, readFileSync(join(pack, 'checkpoints', '243')));
    const { code, levels, faults } = verified(copy, '--key', key, '--key', honest, '--since', since);
    expect({ code, included: levels['included'] }).toEqual({ code: 1, included: 'PASS' });
    expect(faults.find((fault) => fault.level === 'grown')).toMatchObject({
      message: expect.stringContaining('the first 243 events of this log are not those'),
    });
  });
});

describe('the way from an earlier checkpoint', () => {
  const broken = (work: (copy: string) => void) => {
    const copy = copyOf(pack);
    work(copy);
    renewManifest(copy);
    return verified(copy, '--key', honest).faults;
  };
  const proof = () => readFileSync(join(pack, 'consistency', '243-347'), 'utf8');

  it.each<[string, (copy: string) => void, string, RegExp]>([
    [
      'its proof is missing',
      (copy) => rmSync(join(copy, 'consistency', '243-347')),
      'consistency/243-347',
      /is missing/,
    ],
    [
      'its proof lacks a hash',
      (copy) => putFile(copy, 'consistency/243-347', proof().replace(/[^\n]+\n$/, '')),
      'consistency/243-347',
      /too few hashes/,
    ],
    [
      'its proof has another hash',
      (copy) => putFile(copy, 'consistency/243-347', proof().replace(/[^\n]+\n$/, `${'A'.repeat(43)}=\n`)),
      'consistency/243-347',
      /does not lead from the one checkpoint to the other/,
    ],
    [
      'its proof is of other sizes',
      (copy) => putFile(copy, 'consistency/243-347', proof().replace('first 243', 'first 242')),
      'consistency/243-347',
      /other sizes/,
    ],
    [
      'its proof is none',
      (copy) => putFile(copy, 'consistency/243-347', 'x'),
      'consistency/243-347',
      /is no proof in the form/,
    ],
    [
      'there is a proof without it',
      (copy) => putFile(copy, 'consistency/5-347', proof()),
      'consistency/5-347',
      /leads from or to no checkpoint/,
    ],
    [
      'it has another root',
      (copy) =>
        putFile(
          copy,
          'checkpoints/243',
          readFileSync(join(copy, 'checkpoints/243'), 'utf8').replace(/\n[^\n]+\n\n/, `\n${'A'.repeat(43)}=\n\n`),
        ),
      'checkpoints/243',
      /does not verify/,
    ],
    [
      'it has the name of another',
      (copy) => putFile(copy, 'checkpoints/242', readFileSync(join(copy, 'checkpoints/243'), 'utf8')),
      'checkpoints/242',
      /is a checkpoint over 243 events/,
    ],
  ])('is not shown where %s', (_, work, file, message) => {
    expect(broken(work)).toContainEqual(
      expect.objectContaining({ level: 'grown', file, message: expect.stringMatching(message) }),
    );
  });
});
