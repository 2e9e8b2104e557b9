import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/proofs/merkle/leaf-hash.js';
import type { StoredEvent } from '../../events/envelope.js';
import { formatCheckpoint } from '../../src/proofs/notes/tlog-checkpoint.js';
import { newSignerKey } from '../../src/proofs/notes/note-key.js';
import { signNote } from '../../src/proofs/notes/signed-note.js';
import { testDirectory } from '../support/directory.js';
import {
  copyOf,
  linesOf,
  newInstallation,
  packed,
  renewManifest,
  verified,
  words,
  writeLeaves,
  writeLines,
} from './pack.js';

const directory = testDirectory();
let key = '';
let pack = '';
let lines: string[] = [];

beforeAll(async () => {
  ({ key } = await newInstallation(directory, [243, 347]));
  pack = await packed(directory, 'pack', '--period', '2019-10');
  lines = linesOf(pack);
});

const idOf = (line: string): string => (JSON.parse(line) as StoredEvent).id;

/** The event of a line with other members. */
const rewritten = (line: string, changes: Partial<StoredEvent>): string => {
  const { position, ...event } = JSON.parse(line) as Omit<StoredEvent, 'position'> & { readonly position: string };
  return canonicalText({ ...event, position: Number(position), ...changes });
};

/** A statement of which the level is another one, and which has a proof of its own. */
const stated = (): number => lines.findIndex((line, index) => index > 250 && line.includes('"type":"StatusStated"'));

const otherLevel = (line: string): string => {
  const { data } = JSON.parse(line) as { data: { level: string } & Record<string, never> };
  return rewritten(line, { data: { ...data, level: data.level === '1' ? '2' : '1' } });
};

describe('a pack as it was made', () => {
  it('is proven by the key from outside', () => {
    expect(verified(pack, '--key', key)).toMatchObject({ code: 0, verdict: 'PROVEN', faults: [] });
  });

  it('is consistent with itself and no more without a key', () => {
    const { code, levels } = verified(pack);
    expect({ code, signature: levels['signature'] }).toEqual({ code: 3, signature: 'NOT CHECKED' });
    expect(words(pack)).toContain('CONSISTENT WITH ITSELF: Nothing in it contradicts the rest.');
  });
});

/** What can be done to the events of a pack, and what is to be named: where the log is no more what was signed. */
const tampering: readonly (readonly [
  string,
  () => { readonly lines: readonly string[]; readonly at: number; readonly id?: string },
])[] = [
  [
    'one byte of one event is changed',
    () => {
      const line = lines[99] as string;
      const at = line.indexOf('"actor":"') + 9;
      const changed = `${line.slice(0, at)}X${line.slice(at + 1)}`;
      return { lines: lines.with(99, changed), at: 100, id: idOf(line) };
    },
  ],
  [
    'a level is changed',
    () => ({
      lines: lines.with(stated(), otherLevel(lines[stated()] as string)),
      at: stated() + 1,
      id: idOf(lines[stated()] as string),
    }),
  ],
  ['the last ten are dropped', () => ({ lines: lines.slice(0, -10), at: lines.length - 9 })],
  [
    'two are swapped',
    () => ({
      lines: lines.with(120, lines[130] as string).with(130, lines[120] as string),
      at: 121,
      id: idOf(lines[130] as string),
    }),
  ],
  [
    'two are swapped, and their positions too',
    () => {
      const [one, other] = [lines[120], lines[121]] as [string, string];
      return {
        lines: lines.with(120, rewritten(other, { position: 121 })).with(121, rewritten(one, { position: 122 })),
        at: 121,
        id: idOf(other),
      };
    },
  ],
  [
    'one is inserted in the middle',
    () => {
      const id = '01930000-0000-7000-8000-000000000001';
      const inserted = rewritten(lines[199] as string, { id, position: 200 });
      return { lines: lines.toSpliced(199, 0, inserted), at: 200, id };
    },
  ],
  ['one is dropped in the middle', () => ({ lines: lines.toSpliced(199, 1), at: 200, id: idOf(lines[200] as string) })],
  ['it is truncated at a line boundary', () => ({ lines: lines.slice(0, 243), at: 244 })],
];

describe('when the events of a pack are tampered with', () => {
  it.each(tampering)('and %s, that is found and named', (_, tamper) => {
    const copy = copyOf(pack);
    const { lines: changed, at, id } = tamper();
    writeLines(copy, changed);
    const { code, faults, levels } = verified(copy, '--key', key);
    expect({ code, files: levels['files'], included: levels['included'] }).toEqual({
      code: 1,
      files: 'FAIL',
      included: 'FAIL',
    });
    expect(faults[0]).toMatchObject({ level: 'files', file: 'events.ndjson' });
    const first = faults.find(({ level }) => level === 'included');
    expect(first).toMatchObject({ position: at, ...(id === undefined ? {} : { event: id }) });
  });

  it.each(tampering)('and %s, that is found with a manifest that fits', (_, tamper) => {
    const copy = copyOf(pack);
    const { lines: changed, at, id } = tamper();
    writeLines(copy, changed);
    renewManifest(copy);
    const { code, faults, levels } = verified(copy, '--key', key);
    expect({ code, files: levels['files'], included: levels['included'] }).toEqual({
      code: 1,
      files: 'PASS',
      included: 'FAIL',
    });
    const first = faults.find(({ level }) => level === 'included');
    expect(first).toMatchObject({ position: at, ...(id === undefined ? {} : { event: id }) });
  });

  it.each(tampering)('and %s, that is found where all hashes fit, and the key alone is missing', (_, tamper) => {
    const copy = copyOf(pack);
    writeLines(copy, tamper().lines);
    writeLeaves(copy);
    renewManifest(copy);
    const { code, levels } = verified(copy, '--key', key);
    expect({ code, files: levels['files'], included: levels['included'] }).toEqual({
      code: 1,
      files: 'PASS',
      included: 'FAIL',
    });
    rmSync(copy, { recursive: true });
  });

  it('names the statement by its proof where its hash was made to fit', () => {
    const copy = copyOf(pack);
    writeLines(copy, lines.with(stated(), otherLevel(lines[stated()] as string)));
    writeLeaves(copy);
    renewManifest(copy);
    const { faults } = verified(copy, '--key', key);
    expect(faults).toContainEqual(
      expect.objectContaining({
        level: 'included',
        file: `proofs/${idOf(lines[stated()] as string)}.tlog-proof`,
        message: `does not lead from the event at position ${stated() + 1} to the root that was signed`,
      }),
    );
  });

  it('is found by the root alone, where nothing else is left to hold it against', () => {
    const copy = copyOf(pack);
    writeLines(copy, lines.with(stated(), otherLevel(lines[stated()] as string)));
    writeLeaves(copy);
    rmSync(join(copy, 'proofs'), { recursive: true });
    renewManifest(copy);
    const { code, faults } = verified(copy, '--key', key);
    expect(code).toBe(1);
    expect(faults.filter(({ level }) => level === 'included')).toEqual([
      expect.objectContaining({
        file: 'events.ndjson',
        message: expect.stringContaining('does not lead to the root that was signed'),
      }),
    ]);
  });

  it('names the cells and the table that do not follow any more', () => {
    const copy = copyOf(pack);
    writeLines(copy, lines.with(stated(), otherLevel(lines[stated()] as string)));
    const replayed = verified(copy, '--key', key).faults.filter(({ level }) => level === 'replayed');
    expect(replayed).toContainEqual(
      expect.objectContaining({
        position: 347,
        cell: expect.stringMatching(/^regions\[/),
        message: expect.stringContaining('was published as'),
      }),
    );
    expect(replayed).toContainEqual(expect.objectContaining({ file: 'tables/period-2019-10.csv' }));
  });
});

describe('a pack that is signed with another key', () => {
  const forged = (): { readonly copy: string; readonly other: string } => {
    const copy = copyOf(pack);
    writeLines(copy, lines.with(stated(), otherLevel(lines[stated()] as string)));
    const root = writeLeaves(copy);
    const origin = 'peildatum.example.org/log';
    const signer = newSignerKey(origin);
    const note = signNote(formatCheckpoint({ origin, size: lines.length, root, extensions: [] }), [signer]);
    writeFileSync(join(copy, 'checkpoint'), note);
    renewManifest(copy, { rootHash: root.toString('base64') });
    return { copy, other: `${origin}+${signer.id}` };
  };

  it('is not proven, and both keys are named', () => {
    const { copy, other } = forged();
    const { code, faults, levels } = verified(copy, '--key', key);
    expect({ code, signature: levels['signature'] }).toEqual({ code: 1, signature: 'FAIL' });
    const [fault] = faults.filter(({ level }) => level === 'signature');
    expect(fault).toMatchObject({ file: 'checkpoint', message: expect.stringContaining(other) });
    expect(fault?.message).toContain(key.split('+').slice(0, 2).join('+'));
  });

  it('contradicts the checkpoint that somebody kept from before', () => {
    const { copy } = forged();
    const { faults } = verified(copy, '--key', key, '--since', join(pack, 'checkpoint'));
    expect(faults).toContainEqual(
      expect.objectContaining({ level: 'grown', message: expect.stringContaining('had another history') }),
    );
  });

  it('is found where the checkpoint alone was signed anew', () => {
    const copy = copyOf(pack);
    const text = readFileSync(join(pack, 'checkpoint'), 'utf8').split('\n\n')[0] ?? '';
    writeFileSync(join(copy, 'checkpoint'), signNote(`${text}\n`, [newSignerKey('peildatum.example.org/log')]));
    renewManifest(copy);
    expect(verified(copy, '--key', key)).toMatchObject({
      code: 1,
      levels: { signature: 'FAIL', complete: 'PASS', replayed: 'PASS' },
    });
  });

  it('is found where the signature is of something else', () => {
    const copy = copyOf(pack);
    const note = readFileSync(join(pack, 'checkpoint'), 'utf8');
    const [, , root = ''] = note.split('\n');
    const otherRoot = Buffer.alloc(32).toString('base64');
    writeFileSync(join(copy, 'checkpoint'), note.replace(root, otherRoot));
    renewManifest(copy, { rootHash: otherRoot });
    const { faults } = verified(copy, '--key', key);
    expect(faults.filter(({ level }) => level === 'signature')).toEqual([
      expect.objectContaining({ file: 'checkpoint', message: expect.stringContaining('does not verify') }),
    ]);
  });
});
