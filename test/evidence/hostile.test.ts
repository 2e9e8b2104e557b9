import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDirectory } from '../support/directory.js';
import {
  copyOf,
  linesOf,
  newInstallation,
  packed,
  putFile,
  readManifest,
  renewManifest,
  verified,
  words,
  writeManifest,
} from './pack.js';

const directory = testDirectory();
let key = '';
let pack = '';

beforeAll(async () => {
  ({ key } = await newInstallation(directory, [243]));
  pack = await packed(directory, 'pack');
  writeFileSync(join(directory, 'outside.txt'), 'a file of somebody else');
});

interface Named {
  readonly level: string;
  readonly file?: string;
  readonly position?: number;
  readonly message: RegExp;
}

const events = (copy: string): string => join(copy, 'events.ndjson');

const changeEvents = (copy: string, change: (content: Buffer) => Buffer | string): void => {
  writeFileSync(events(copy), change(readFileSync(events(copy))));
  renewManifest(copy);
};

const changeLine = (copy: string, position: number, change: (line: string) => string): void =>
  changeEvents(copy, () =>
    linesOf(copy)
      .map((line, index) => `${index + 1 === position ? change(line) : line}\n`)
      .join(''),
  );

const listed = (copy: string, name: string): void => {
  const manifest = readManifest(copy);
  writeManifest(copy, { ...manifest, files: [...manifest.files, { name, bytes: 23, sha256: '0'.repeat(64) }] });
};

const hostile: readonly (readonly [string, (copy: string) => void, Named])[] = [
  [
    'a byte order mark',
    (copy) => changeEvents(copy, (content) => Buffer.concat([Buffer.from('\uFEFF'), content])),
    { level: 'included', position: 1, message: /byte order mark/ },
  ],
  [
    'ends of lines with carriage returns',
    (copy) => changeEvents(copy, (content) => content.toString().replaceAll('\n', '\r\n')),
    { level: 'included', position: 1, message: /carriage return/ },
  ],
  [
    'a last line without an end',
    (copy) => changeEvents(copy, (content) => content.subarray(0, -1)),
    { level: 'included', position: 243, message: /is cut off/ },
  ],
  [
    'a line that is cut off',
    (copy) => changeEvents(copy, (content) => content.subarray(0, -100)),
    { level: 'included', position: 243, message: /is cut off/ },
  ],
  [
    'an empty line',
    (copy) => changeLine(copy, 7, (line) => `\n${line}`),
    { level: 'included', position: 7, message: /no JSON/ },
  ],
  [
    'no events at all',
    (copy) => changeEvents(copy, () => ''),
    { level: 'included', position: 1, message: /is missing, and all after it/ },
  ],
  [
    'bytes that are no UTF-8',
    (copy) =>
      changeEvents(copy, (content) => {
        content[content.indexOf('\n') + 20] = 0xff;
        return content;
      }),
    { level: 'included', position: 2, message: /not valid UTF-8/ },
  ],
  [
    'a name that stands twice',
    (copy) => changeLine(copy, 9, (line) => line.replace('{"actor":', '{"actor":"me","actor":')),
    { level: 'included', position: 9, message: /not in the canonical form.*twice/ },
  ],
  [
    'a blank',
    (copy) => changeLine(copy, 9, (line) => line.replace(',', ', ')),
    { level: 'included', position: 9, message: /not in the canonical form/ },
  ],
  [
    'a number in another spelling',
    (copy) => changeLine(copy, 9, (line) => line.replace(/"revision":(\d+)/, '"revision":$1.0')),
    { level: 'included', position: 9, message: /not in the canonical form/ },
  ],
  [
    'an escape that is not needed',
    (copy) => changeLine(copy, 9, (line) => line.replace('"actor"', String.raw`"\u0061ctor"`)),
    { level: 'included', position: 9, message: /not in the canonical form/ },
  ],
  [
    'half of a surrogate pair',
    (copy) => changeLine(copy, 9, (line) => line.replace('"actor":"', String.raw`"actor":"\ud800`)),
    { level: 'included', position: 9, message: /half of a surrogate pair/ },
  ],
  [
    'a number beyond all bounds',
    (copy) => changeLine(copy, 9, (line) => line.replace(/"revision":\d+/, '"revision":1e999')),
    { level: 'included', position: 9, message: /beyond all bounds/ },
  ],
  [
    'brackets without end',
    (copy) => changeLine(copy, 9, () => '['.repeat(100_000) + ']'.repeat(100_000)),
    { level: 'included', position: 9, message: /nested more than/ },
  ],
  [
    'a line without end',
    (copy) => {
      truncateSync(events(copy), 200_000_000);
    },
    { level: 'included', file: 'events.ndjson', message: /a line of more than/ },
  ],
  [
    'what is no event',
    (copy) => changeLine(copy, 9, () => '{"a":1}'),
    { level: 'complete', position: 9, message: /has no id/ },
  ],
  [
    'an event with a member too many',
    (copy) => changeLine(copy, 9, (line) => line.replace('{"actor":', '{"a":1,"actor":')),
    { level: 'complete', position: 9, message: /"a", which does not belong there/ },
  ],
  [
    'an event of another type',
    (copy) => changeLine(copy, 9, (line) => line.replace(/"type":"\w+"/, '"type":"toString"')),
    { level: 'replayed', position: 9, message: /"toString" of version 1, which this verifier does not know/ },
  ],
  [
    'a way out in the manifest',
    (copy) => listed(copy, '../outside.txt'),
    {
      level: 'files',
      file: 'manifest.json',
      message: /lists "\.\.\/outside\.txt", which is the name of no file of a pack/,
    },
  ],
  [
    'an absolute way out in the manifest',
    (copy) => listed(copy, '/etc/passwd'),
    { level: 'files', file: 'manifest.json', message: /no file of a pack/ },
  ],
  [
    'a way out behind a folder',
    (copy) => listed(copy, 'tables/../../outside.txt'),
    { level: 'files', file: 'manifest.json', message: /no file of a pack/ },
  ],
  [
    'a file that is listed twice',
    (copy) => listed(copy, 'leaves'),
    { level: 'files', file: 'manifest.json', message: /lists "leaves" twice/ },
  ],
  [
    'a file that is listed and not there',
    (copy) => listed(copy, 'tables/none.csv'),
    { level: 'files', file: 'tables/none.csv', message: /is listed in the manifest and is not there/ },
  ],
  [
    'a file that is there and not listed',
    (copy) => putFile(copy, 'tables/more.csv', 'x'),
    { level: 'files', file: 'tables/more.csv', message: /not listed/ },
  ],
  [
    'a hidden file',
    (copy) => putFile(copy, '.hidden', 'x'),
    { level: 'files', file: '.hidden', message: /not listed/ },
  ],
  [
    'a file that no pack has',
    (copy) => {
      putFile(copy, 'more.txt', 'x');
      renewManifest(copy);
    },
    { level: 'files', file: 'manifest.json', message: /"more.txt", which is the name of no file/ },
  ],
  [
    'a directory that no pack has',
    (copy) => mkdirSync(join(copy, 'more')),
    { level: 'files', file: 'more', message: /is a directory that no pack has/ },
  ],
  [
    'a table that does not belong to it',
    (copy) => {
      putFile(copy, 'tables/period-2020-10.csv', 'x');
      renewManifest(copy);
    },
    { level: 'replayed', file: 'tables/period-2020-10.csv', message: /does not belong in this pack/ },
  ],
  [
    'no table of a period',
    (copy) => {
      rmSync(join(copy, 'tables/period-2019-03.csv'));
      renewManifest(copy);
    },
    { level: 'replayed', file: 'tables/period-2019-03.csv', message: /is missing/ },
  ],
  [
    'another figure in a table',
    (copy) => {
      const file = join(copy, 'tables/period-2019-03.csv');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/(regions\[agreements=1\]@2019-03),\d+/, '$1,99'));
      renewManifest(copy);
    },
    {
      level: 'replayed',
      file: 'tables/period-2019-03.csv',
      message: /"regions\[agreements=1\]@2019-03,99,.*follows from the history/,
    },
  ],
  [
    'other words below a table',
    (copy) => {
      const file = join(copy, 'tables/period-2019-03.csv');
      writeFileSync(file, readFileSync(file, 'utf8').replace('asOf,2019-03-31', 'asOf,2019-04-30'));
      renewManifest(copy);
    },
    { level: 'replayed', file: 'tables/period-2019-03.csv', message: /"asOf,2019-04-30"/ },
  ],
  [
    'a link in the place of a file',
    (copy) => {
      rmSync(events(copy));
      symlinkSync(join(pack, 'events.ndjson'), events(copy));
    },
    { level: 'files', file: 'events.ndjson', message: /is a link to somewhere else/ },
  ],
  [
    'a link in the place of a folder',
    (copy) => {
      rmSync(join(copy, 'tables'), { recursive: true });
      symlinkSync(join(pack, 'tables'), join(copy, 'tables'));
    },
    { level: 'files', file: 'tables', message: /is a link to somewhere else/ },
  ],
  [
    'a pipe in the place of a file',
    (copy) => {
      rmSync(events(copy));
      execFileSync('mkfifo', [events(copy)]);
    },
    { level: 'files', file: 'events.ndjson', message: /is no plain file/ },
  ],
  [
    'a directory in the place of a file',
    (copy) => {
      rmSync(join(copy, 'checkpoint'));
      mkdirSync(join(copy, 'checkpoint'));
    },
    { level: 'signature', file: 'checkpoint', message: /is missing/ },
  ],
  [
    'a manifest with a name twice',
    (copy) => {
      const file = join(copy, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"treeSize": 243,', '"treeSize": 1,\n  "treeSize": 243,'));
    },
    { level: 'files', file: 'manifest.json', message: /may stand in it twice/ },
  ],
  [
    'a manifest that is no JSON',
    (copy) => writeFileSync(join(copy, 'manifest.json'), '{"format":'),
    { level: 'files', file: 'manifest.json', message: /is no JSON/ },
  ],
  [
    'a manifest of another format',
    (copy) => writeManifest(copy, { ...readManifest(copy), format: 'peildatum-evidence@v2' }),
    { level: 'files', file: 'manifest.json', message: /the only format that this verifier knows/ },
  ],
  [
    'a manifest that says __proto__',
    (copy) => {
      const file = join(copy, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"program"', '"__proto__": {},\n  "program"'));
    },
    { level: 'files', file: 'manifest.json', message: /"__proto__", which does not belong there/ },
  ],
  [
    'a manifest of another size',
    (copy) => writeManifest(copy, { ...readManifest(copy), treeSize: 5 }),
    { level: 'signature', file: 'checkpoint', message: /covers 243 events, and the manifest says 5/ },
  ],
  [
    'a manifest of other publications',
    (copy) => writeManifest(copy, { ...readManifest(copy), periods: [] }),
    { level: 'replayed', file: 'manifest.json', message: /other things of the periods/ },
  ],
  [
    'a proof on another checkpoint',
    (copy) => {
      const name = proofOf(copy);
      putFile(copy, name, readFileSync(join(copy, name), 'utf8').replace('\n243\n', '\n242\n'));
      renewManifest(copy);
    },
    { level: 'included', message: /another checkpoint/ },
  ],
  [
    'a proof of another event',
    (copy) => {
      const [one, other] = [proofOf(copy), proofOf(copy, 1)];
      cpSync(join(copy, one), join(copy, other));
      renewManifest(copy);
    },
    { level: 'included', message: /where event .* stands/ },
  ],
  [
    'a proof with a hash too many',
    (copy) => {
      const name = proofOf(copy);
      putFile(copy, name, readFileSync(join(copy, name), 'utf8').replace('\n\n', `\n${'A'.repeat(43)}=\n\n`));
      renewManifest(copy);
    },
    { level: 'included', message: /too many hashes/ },
  ],
  [
    'a proof that is none',
    (copy) => {
      putFile(copy, proofOf(copy), 'no proof');
      renewManifest(copy);
    },
    { level: 'included', message: /is no proof in the form/ },
  ],
  [
    'a checkpoint that is none',
    (copy) => {
      putFile(copy, 'checkpoint', 'no checkpoint\n');
      renewManifest(copy);
    },
    { level: 'signature', file: 'checkpoint', message: /is no signed note/ },
  ],
  [
    'a checkpoint of two sizes',
    (copy) => {
      putFile(copy, 'checkpoint', readFileSync(join(copy, 'checkpoint'), 'utf8').replace('\n243\n', '\n0243\n'));
      renewManifest(copy);
    },
    { level: 'signature', file: 'checkpoint', message: /where a whole number belongs/ },
  ],
  [
    'leaves of other events',
    (copy) => {
      putFile(copy, 'leaves', `${'0'.repeat(64)}\n`.repeat(243));
      renewManifest(copy);
    },
    { level: 'included', file: 'leaves', message: /does not hold the hash of this event/ },
  ],
  [
    'leaves of more events',
    (copy) => {
      putFile(copy, 'leaves', `${readFileSync(join(copy, 'leaves'), 'utf8')}${'0'.repeat(64)}\n`);
      renewManifest(copy);
    },
    { level: 'included', file: 'leaves', message: /more events than there are/ },
  ],
  [
    'leaves that are none',
    (copy) => {
      putFile(copy, 'leaves', 'x\n'.repeat(243));
      renewManifest(copy);
    },
    { level: 'included', file: 'leaves', message: /has no hash in line 1/ },
  ],
];

const proofOf = (copy: string, index = 0): string =>
  readManifest(copy).files.filter(({ name }) => name.startsWith('proofs/'))[index]?.name ?? '';

describe('a pack with', () => {
  it.each(hostile)('%s is refused, and that is named', (_, change, { message, ...place }) => {
    const copy = copyOf(pack);
    change(copy);
    const { code, faults } = verified(copy, '--key', key);
    expect(code).toBe(1);
    expect(faults).toContainEqual(expect.objectContaining({ ...place, message: expect.stringMatching(message) }));
    rmSync(copy, { recursive: true });
  });

  it('what a terminal would obey is shown as what it is', () => {
    const copy = copyOf(pack);
    const type = `${String.raw`\u001b`}[2J\u202e${'x'.repeat(300)}`;
    changeLine(copy, 9, (line) => line.replace(/"type":"\w+"/, `"type":"${type}"`));
    putFile(copy, '\u001b[31mred', 'x');
    expect(verified(copy, '--key', key).code).toBe(1);
    const shown = words(copy, '--key', key);
    expect(shown).toContain(String.raw`\u001b[2J\u202exxx`);
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toContain('\u202e');
    expect(shown).not.toContain('x'.repeat(250));
  });
});

describe('a pack that brings along', () => {
  it('another verifier than the one that runs is told of', () => {
    const copy = copyOf(pack);
    putFile(copy, 'verify.mjs', "console.log('PROVEN');");
    renewManifest(copy);
    expect(words(copy, '--key', key)).toContain('Note: the verifier in the pack is another one than this');
    expect(words(pack, '--key', key)).not.toContain('Note: the verifier in the pack');
  });
});

describe('what is no pack', () => {
  it.each<[string, (copy: string) => string, RegExp]>([
    ['is not there', (copy) => `${copy}-no`, /is no pack/],
    ['is a file', (copy) => join(copy, 'leaves'), /is no pack/],
    ['has no manifest', (copy) => (rmSync(join(copy, 'manifest.json')), copy), /is no pack/],
    [
      'has a link for a manifest',
      (copy) => (
        renameSync(join(copy, 'manifest.json'), `${copy}.json`),
        symlinkSync(`${copy}.json`, join(copy, 'manifest.json')),
        copy
      ),
      /is no plain file/,
    ],
  ])('because it %s, is not verified', (_, change, message) => {
    const directory = change(copyOf(pack));
    const told = verified(directory, '--key', key);
    expect(told).toMatchObject({ code: 2, verdict: 'NOT VERIFIED', message: expect.stringMatching(message) });
    expect(words(directory, '--key', key)).toBe(`${told.message}\n`);
  });
});

describe('what the verifier is told', () => {
  it.each<[string, () => readonly string[], RegExp]>([
    ['a key that is none', () => ['--key', 'a+b'], /is no key of the form/],
    ['a key that was not copied whole', () => ['--key', key.slice(0, -8)], /is no Ed25519 key/],
    ['a key with another id', () => ['--key', key.replace(/\+[0-9a-f]{8}\+/, '+00000000+')], /was not copied whole/],
    ['a key file that is not there', () => ['--key', join(directory, 'no-such-file')], /there is no such file/],
    ['a key from the pack', () => ['--key', join(pack, 'leaves')], /is in the pack/],
    ['a checkpoint from the pack', () => ['--since', join(pack, 'checkpoint')], /is in the pack/],
    ['a device without an end', () => ['--since', '/dev/zero'], /is too large/],
    ['a checkpoint that is none', () => ['--since', join(directory, 'outside.txt')], /is no checkpoint/],
    ['an option that it does not know', () => ['--no-such-option'], /Usage:/],
    ['two packs', () => [pack], /Name one directory/],
  ])('is refused where it is %s', (_, args, message) => {
    expect(verified(pack, ...args())).toMatchObject({ code: 2, message: expect.stringMatching(message) });
  });
});
