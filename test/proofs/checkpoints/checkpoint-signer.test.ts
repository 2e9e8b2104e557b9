import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointMismatchError } from '../../../src/proofs/checkpoints/checkpoint-mismatch.js';
import {
  readCheckpointKeys,
  retireCheckpointKeys,
  rotateCheckpointKeys,
} from '../../../src/proofs/checkpoints/checkpoint-keys.js';
import { parseCheckpoint } from '../../../src/proofs/notes/tlog-checkpoint.js';
import { openNote, signNote } from '../../../src/proofs/notes/signed-note.js';
import { testDirectory } from '../../support/directory.js';
import { openLogToSign, ORIGIN, keyFilesIn, putBack, type LogToSign } from './log-to-sign.js';

const parent = testDirectory();
let signed: LogToSign;
beforeEach(() => {
  signed = openLogToSign(parent);
});
afterEach(() => signed.close());

const inDirectory = (...names: readonly string[]) => join(signed.directory, 'checkpoints', ...names);
const latest = () => readFileSync(inDirectory('latest'), 'utf8');
const faultOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof CheckpointMismatchError) return error.mismatch.kind;
      throw error;
    },
  );

describe('a checkpoint', () => {
  it('says how many events there are and bears a signature that the public key verifies', async () => {
    await signed.append(5);
    const { note, size, root } = await signed.signer().sign();
    const { text } = openNote(note, readCheckpointKeys(keyFilesIn(signed.directory)).verifiers);
    expect(parseCheckpoint(text)).toEqual({ origin: ORIGIN, size: 5, root, extensions: [] });
    expect(size).toBe(5);
  });

  it('is kept in the log and outside of it', async () => {
    await signed.append(2);
    const first = await signed.signer().sign();
    await signed.append(1);
    const second = await signed.signer().sign();
    expect((await signed.log.checkpoints()).map(({ size, note }) => [size, note])).toEqual([
      [2, first.note],
      [3, second.note],
    ]);
    expect(readdirSync(inDirectory()).sort()).toEqual(['2.checkpoint', '3.checkpoint', 'latest']);
    expect(latest()).toBe(second.note);
    expect(readFileSync(inDirectory('2.checkpoint'), 'utf8')).toBe(first.note);
  });

  it('is made once of one state, also of an empty log', async () => {
    expect((await signed.signer().sign()).size).toBe(0);
    await signed.append(1);
    const signer = signed.signer();
    const notes = await Promise.all(Array.from({ length: 10 }, () => signer.sign()));
    notes.push(await signed.signer().sign(), await signed.signer().head());
    expect(new Set(notes.map(({ note }) => note)).size).toBe(1);
    expect(await signed.log.checkpoints()).toHaveLength(2);
  });

  it('is the newest wherever it is, also where the files outside were put back', async () => {
    await signed.append(2);
    const { note } = await signed.signer().sign();
    await signed.append(1);
    await signed.signer().sign();
    writeFileSync(inDirectory('latest'), note);
    rmSync(inDirectory('3.checkpoint'));
    expect((await signed.signer().newest())?.size).toBe(3);
  });

  it('includes what was recorded before it was asked for, though another is being signed', async () => {
    await signed.append(1);
    const signer = signed.signer();
    const begun = signer.sign();
    await signed.append(1);
    expect((await signer.sign()).size).toBe(2);
    expect((await begun).size).toBeLessThanOrEqual(2);
  });

  it('goes together with all others when several sign while the log grows', async () => {
    const signers = [signed.signer(), signed.signer(), signed.signer()];
    await signed.append(1);
    await Promise.all([
      ...signers.map(async (signer) => {
        for (let turn = 0; turn < 10; turn += 1) await signer.sign();
      }),
      (async () => {
        for (let turn = 0; turn < 20; turn += 1) await signed.append(1);
      })(),
    ]);
    expect((await signed.signer().sign()).size).toBe(21);
    const kept = await signed.log.checkpoints();
    expect(new Set(kept.map(({ size }) => size)).size).toBe(kept.length);
  });

  it('of another server may be seen before the events that it is about', async () => {
    await signed.append(2);
    await signed.signer().sign();
    const { log } = signed;
    let asked = 0;
    const behind = {
      subtreeHashes: log.subtreeHashes,
      checkpoints: log.checkpoints,
      keepCheckpoint: log.keepCheckpoint,
      head: async () => ({ ...(await log.head()), position: (asked += 1) > 3 ? 2 : 1 }),
    };
    expect((await signed.signer({ log: behind, catchUpTimeoutMs: 60_000 }).sign()).size).toBe(2);
    asked = 0;
    expect(await faultOf(signed.signer({ log: behind, catchUpTimeoutMs: 0 }).sign())).toBe('SHORTER');
  });

  it('bears both signatures while keys are changed, and the new one alone afterwards', async () => {
    await signed.append(1);
    const keys = keyFilesIn(signed.directory);
    const [old] = readCheckpointKeys(keys).verifiers;
    const signer = signed.signer();
    await signer.sign();
    const { verifiers } = rotateCheckpointKeys(keys);
    const both = await signer.sign();
    for (const key of verifiers) expect(openNote(both.note, [key]).verified).toHaveLength(1);
    retireCheckpointKeys(keys);
    await signed.append(1);
    const after = await signer.sign();
    expect(openNote(after.note, verifiers.slice(0, 1)).unknown).toEqual([]);
    expect(() => openNote(after.note, old ? [old] : [])).toThrow(/None of the signatures/);
  });
});

describe('nothing is signed', () => {
  it('of a log that was put back to an older state, and it says so', async () => {
    await signed.append(3);
    await signed.signer().sign();
    const yesterday = await signed.copy('yesterday.db');
    await signed.append(2);
    const { root } = await signed.signer().sign();
    await signed.meanwhile((file) => putBack(yesterday, file));
    for (const work of [signed.signer().sign(), signed.signer().head(), signed.signer().newest()]) {
      await expect(work).rejects.toThrow(
        new RegExp(
          `ends at position 3 .* checkpoints/latest .* signed at size 5 with the root ${root.toString('hex')}`,
        ),
      );
    }
    await signed.append(5);
    expect(await faultOf(signed.signer().sign())).toBe('OTHER');
    expect(await signed.log.checkpoints()).toHaveLength(1);
    expect(readdirSync(inDirectory()).sort()).toEqual(['3.checkpoint', '5.checkpoint', 'latest']);
  });

  it('where only one of the two files outside is left to tell', async () => {
    const empty = await signed.copy('empty.db');
    await signed.append(2);
    await signed.signer().sign();
    await signed.meanwhile((file) => putBack(empty, file));
    const note = latest();
    rmSync(inDirectory('latest'));
    expect(await faultOf(signed.signer().sign())).toBe('SHORTER');
    writeFileSync(inDirectory('latest'), note);
    rmSync(inDirectory('2.checkpoint'));
    expect(await faultOf(signed.signer().sign())).toBe('SHORTER');
  });

  it('of a log in which what was recorded is another', async () => {
    await signed.append(4);
    const before = await signed.signer().sign();
    await signed.meanwhile((file) => {
      const db = new Database(file);
      const triggers = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
        readonly name: string;
        readonly sql: string;
      }[];
      for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
      // As somebody would do it who puts everything back in order afterwards.
      db.exec('UPDATE event SET hash = zeroblob(32) WHERE position = 1');
      db.exec('UPDATE subtree SET hash = zeroblob(32)');
      for (const { sql } of triggers) db.exec(sql);
      db.close();
    });
    const signer = signed.signer();
    await expect(signer.sign()).rejects.toThrow(new RegExp(`rewritten.*size 4.*${before.root.toString('hex')}`));
    rmSync(inDirectory(), { recursive: true });
    await expect(signer.sign()).rejects.toThrow(/the log, its checkpoint number 1/);
    await expect(signed.acceptRestoredLog('It is fine.')).rejects.toThrow(CheckpointMismatchError);
  });

  it('where the newest checkpoint is of another key, of another log, or damaged', async () => {
    await signed.append(1);
    const { note } = await signed.signer().sign();
    for (const [text, problem] of [
      [note.replace('signed.example', 'forged.example'), /does not fit|None of the signatures/],
      [note.slice(0, -10), /not of this server's keys/],
      ['', /not of this server's keys/],
    ] as const) {
      writeFileSync(inDirectory('latest'), text);
      await expect(signed.signer().sign()).rejects.toThrow(problem);
    }
    const { signers } = readCheckpointKeys(keyFilesIn(signed.directory));
    writeFileSync(
      inDirectory('latest'),
      signNote(note.slice(0, note.indexOf('\n\n') + 1).replace(ORIGIN, 'x'), signers),
    );
    await expect(signed.signer().sign()).rejects.toThrow(/is of the log 'x', not of 'signed.example\/log'/);
    writeFileSync(inDirectory('latest'), note);
    rmSync(join(signed.directory, 'keys'), { recursive: true });
    await expect(signed.signer().sign()).rejects.toThrow(/CHECKPOINT_KEY/);
  });
});

describe('after an older log was put in place on purpose', () => {
  it('what was signed of the newer one is set aside with the reason, and signing goes on', async () => {
    await signed.append(3);
    const kept = await signed.signer().sign();
    const yesterday = await signed.copy('yesterday.db');
    await signed.append(2);
    const lost = await signed.signer().sign();
    await signed.meanwhile((file) => putBack(yesterday, file));

    const { directory, mismatches } = await signed.acceptRestoredLog('The disk of 3 May broke.');
    expect(mismatches.map(({ kind }) => kind)).toEqual(['SHORTER', 'SHORTER']);
    expect(readdirSync(directory).sort()).toEqual(['5.checkpoint', 'latest', 'why.json']);
    expect(readFileSync(join(directory, '5.checkpoint'), 'utf8')).toBe(lost.note);
    expect(JSON.parse(readFileSync(join(directory, 'why.json'), 'utf8'))).toMatchObject({
      reason: 'The disk of 3 May broke.',
      log: { origin: ORIGIN, size: 3, rootHash: kept.root.toString('hex') },
      contradictions: [{ fault: 'SHORTER' }, { fault: 'SHORTER' }],
    });
    await signed.append(4);
    expect((await signed.signer().sign()).size).toBe(7);
    expect(existsSync(inDirectory('3.checkpoint'))).toBe(true);
  });

  it('nothing is set aside where nothing contradicts the log', async () => {
    await signed.append(1);
    await signed.signer().sign();
    await expect(signed.acceptRestoredLog('To be sure.')).rejects.toThrow(/nothing was set aside/);
    expect(readdirSync(inDirectory()).sort()).toEqual(['1.checkpoint', 'latest']);
  });
});

describe('whoever asks for the head', () => {
  it('gets it signed, and while too many ask the newest that there is', async () => {
    let allowed = 2;
    const signer = signed.signer({ takeToken: () => (allowed -= 1) >= 0 });
    const sizes: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await signed.append(1);
      sizes.push((await signer.head()).size, (await signer.head()).size);
    }
    expect(sizes).toEqual([1, 1, 2, 2, 3, 3, 3, 3]);
    // What was never signed is signed even then: there is nothing else to answer.
    const other = openLogToSign(parent);
    expect((await other.signer({ takeToken: () => false }).head()).size).toBe(0);
    await other.close();
  });

  it('shares one check with all who ask at the same time, and sees what was recorded before', async () => {
    await signed.append(1);
    let looks = 0;
    const { log } = signed;
    const counted = {
      ...log,
      checkpoints: (...asked: Parameters<typeof log.checkpoints>) => ((looks += 1), log.checkpoints(...asked)),
    };
    const signer = signed.signer({ log: counted });
    await signer.head();
    looks = 0;
    const begun = signer.head();
    await signed.append(1);
    const heads = await Promise.all(Array.from({ length: 100 }, () => signer.head()));
    expect(new Set(heads.map(({ size }) => size))).toEqual(new Set([2]));
    expect((await begun).size).toBeLessThanOrEqual(2);
    expect(looks).toBeLessThanOrEqual(4);
  });
});
