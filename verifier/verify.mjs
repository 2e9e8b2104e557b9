#!/usr/bin/env node
// @ts-check

/**
 * Verifies an evidence pack of Peildatum, offline and by itself: one file that needs Node 20 or later and nothing else.
 * docs/evidence-pack.md describes the pack field by field, and what each level proves.
 *
 * Nothing in it comes from the program that makes packs. The canonical form of an event, the Merkle tree, the signatures,
 * the rules of time and the counting are written down here a second time, from the published formats and rules, so that a
 * mistake in the program is not made here too. It is long because it is one file, on purpose: whoever verifies a pack can
 * carry it along, read it from one end to the other and run it. Its sections stand in the order of what they build on.
 */

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `Usage: node verify.mjs DIR [--key KEY]... [--since FILE] [--json]

Verifies the evidence pack in directory DIR.

  --key KEY     the log's public key, as text (name+id+key) or a file that holds one a line. It has to come from outside
                the pack: from the keeper's website, a printed report, a colleague. Repeat it for each key of a rotation.
  --since FILE  a checkpoint of the same log that you kept from before: is the log since then the same, but longer?
  --json        print the report as JSON
  --help        print this

Exit codes:
  0  proven: every level that was checked passes, and the signature is that of a key from outside
  1  failed: something is not as it must be; the report names it
  2  not verified: wrong usage, or there is no pack that can be read
  3  consistent with itself: nothing is wrong, but without --key anybody could have made the pack
`;

// ---------------------------------------------------------------------------------------------------------------------
// What is told
// ---------------------------------------------------------------------------------------------------------------------

/**
 * Where something is wrong: an event by its place and its id, a file, a cell.
 * @typedef {{ position?: number, event?: string, file?: string, cell?: string }} Place
 * @typedef {Place & { message: string }} Fault
 *
 * @typedef {'PASS' | 'FAIL' | 'NOT CHECKED'} Status
 * @typedef {{ level: number, name: string, status: Status, message: string, faults: Fault[], faultCount: number }} LevelReport
 *
 * @typedef {'PROVEN' | 'FAILED' | 'CONSISTENT WITH ITSELF'} Verdict
 * @typedef {object} Report
 * @property {string} format
 * @property {Verdict} verdict
 * @property {number} exitCode
 * @property {string} message
 * @property {{ origin: string, treeSize: number, rootHash: string } | null} checkpoint
 * @property {LevelReport[]} levels
 * @property {string[]} notes
 */

const exitCodes = /** @type {const} */ ({ PROVEN: 0, FAILED: 1, 'NOT VERIFIED': 2, 'CONSISTENT WITH ITSELF': 3 });

/** Something in the pack is not what it must be; the message says what, and the caller knows where. */
class Unsound extends Error {}

/** The verification itself cannot be done: wrong usage, or nothing there that could be read. */
class NotVerified extends Error {}

/** The first faults are told, and the others counted: a pack that is damaged at its beginning has thousands. */
const MAX_REPORTED_FAULT_COUNT = 10;

/**
 * Collects what is wrong on one level.
 * @param {number} level
 * @param {string} name
 */
function newLevel(level, name) {
  /** @type {Fault[]} */
  const faults = [];
  let faultCount = 0;
  /** @type {string | null} */
  let unchecked = null;
  return {
    /** @param {Place} place @param {string} message */
    fault(place, message) {
      faultCount += 1;
      if (faults.length < MAX_REPORTED_FAULT_COUNT) faults.push({ ...place, message });
    },
    /** What stands before the others, although it was found after them. @param {Place} place @param {string} message */
    firstFault(place, message) {
      faultCount += 1;
      faults.unshift({ ...place, message });
    },
    /** @param {Place} place @param {() => void} work what may find something unsound */
    hold(place, work) {
      try {
        work();
      } catch (error) {
        if (!(error instanceof Unsound)) throw error;
        this.fault(place, error.message);
      }
    },
    /** @param {string} why */
    skip(why) {
      unchecked ??= why;
    },
    /** @param {string} passed what it means that nothing is wrong @returns {LevelReport} */
    report(passed) {
      if (faultCount > 0) {
        const message = faultCount === 1 ? '1 fault.' : `${faultCount} faults.`;
        return { level, name, status: 'FAIL', message, faults, faultCount };
      }
      if (unchecked !== null) return { level, name, status: 'NOT CHECKED', message: unchecked, faults, faultCount };
      return { level, name, status: 'PASS', message: passed, faults, faultCount };
    },
  };
}
/** @typedef {ReturnType<typeof newLevel>} Level */

/** @param {number} count @param {string} one @param {string} [many] */
const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * What comes from a pack may hold anything, and is shown on a terminal: in quotes, escaped and not too long.
 * @param {unknown} value
 */
function shown(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  const plain = text.replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

// ---------------------------------------------------------------------------------------------------------------------
// Canonical JSON: RFC 8785
// ---------------------------------------------------------------------------------------------------------------------

/** No event is nested this deep. Without a bound a line of brackets would exhaust the stack. */
const MAX_NESTING_DEPTH = 200;

/**
 * The one spelling of a JSON value: no blanks, members in the order of the UTF-16 units of their names, numbers and texts
 * as ECMAScript writes them.
 * @param {unknown} value
 * @param {number} [depth]
 * @returns {string}
 */
export function canonicalJson(value, depth = 0) {
  if (depth > MAX_NESTING_DEPTH) throw new Unsound(`is nested more than ${MAX_NESTING_DEPTH} deep`);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalText(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new Unsound(`holds what JSON cannot hold: ${typeof value}`);
  const object = /** @type {Record<string, unknown>} */ (value);
  const members = Object.keys(object)
    .sort()
    .map((name) => `${canonicalText(name)}:${canonicalJson(object[name], depth + 1)}`);
  return `{${members.join(',')}}`;
}

/** @param {number} value */
function canonicalNumber(value) {
  if (!Number.isFinite(value)) throw new Unsound('holds a number beyond all bounds');
  return String(Object.is(value, -0) ? 0 : value);
}

/** @param {string} text */
function canonicalText(text) {
  if (!text.isWellFormed()) throw new Unsound('holds half of a surrogate pair');
  return JSON.stringify(text);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {Uint8Array} bytes */
function decodeText(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Unsound('is not valid UTF-8');
  }
}

/** @param {string} text @returns {unknown} */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unsound('is no JSON');
  }
}

/**
 * A line of JSON that has to be in its one spelling: two names that are the same, a blank, another order or another way to
 * write a number would show as a difference.
 * @param {Uint8Array} line
 */
function parseCanonical(line) {
  if (line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf) throw new Unsound('begins with a byte order mark');
  if (line.at(-1) === 0x0d) throw new Unsound('ends in a carriage return');
  const text = decodeText(line);
  const value = parseJson(text);
  const canonical = canonicalJson(value);
  if (canonical === text) return value;
  let at = 0;
  while (text[at] === canonical[at]) at += 1;
  throw new Unsound(
    `is not in the canonical form of RFC 8785: at character ${at + 1} it has ${shown(text.slice(at, at + 20))} where ` +
      `${shown(canonical.slice(at, at + 20))} belongs (a name that stands twice, another order, a blank, another spelling)`,
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// The Merkle tree: RFC 6962
// ---------------------------------------------------------------------------------------------------------------------

/** @param {string} algorithm @param {...(Uint8Array | string)} parts */
function hashOf(algorithm, ...parts) {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** @param {Uint8Array} leaf */
export const hashLeaf = (leaf) => hashOf('sha256', LEAF, leaf);

/** @param {Uint8Array} left @param {Uint8Array} right */
const hashNode = (left, right) => hashOf('sha256', NODE, left, right);

/**
 * A tree that leaves are added to. Of what came it keeps the roots of the full subtrees that it consists of, at most one of
 * each height: as many as the size has ones in binary.
 */
export function newTree() {
  /** @type {{ size: number, hash: Buffer }[]} */
  const subtrees = [];
  let size = 0;
  return {
    /** @param {Buffer} leafHash */
    add(leafHash) {
      size += 1;
      let subtree = { size: 1, hash: leafHash };
      while (subtrees.at(-1)?.size === subtree.size) {
        const left = /** @type {typeof subtree} */ (subtrees.pop());
        subtree = { size: 2 * subtree.size, hash: hashNode(left.hash, subtree.hash) };
      }
      subtrees.push(subtree);
    },
    size: () => size,
    /** @returns {Buffer} */
    root() {
      const hashes = subtrees.map(({ hash }) => hash);
      const last = hashes.pop();
      return last === undefined ? hashOf('sha256') : hashes.reduceRight((right, left) => hashNode(left, right), last);
    },
  };
}

/**
 * The root that an inclusion proof leads to (RFC 9162, 2.1.3.2).
 * @param {{ index: number, size: number, leafHash: Buffer, path: readonly Buffer[] }} proof
 */
export function rootOfInclusion({ index, size, leafHash, path }) {
  if (index >= size) throw new Unsound(`proves leaf ${index} of a tree of ${size}`);
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const sibling of path) {
    if (last === 0) throw new Unsound('has too many hashes');
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash);
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = hashNode(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Unsound('has too few hashes');
  return hash;
}

/**
 * The roots of both trees that a consistency proof leads to (RFC 9162, 2.1.4.2).
 * @param {{ first: number, second: number, firstRoot: Buffer, path: readonly Buffer[] }} proof
 */
export function rootsOfConsistency({ first, second, firstRoot, path }) {
  if (first > second) throw new Unsound(`leads from ${first} leaves to ${second}, which are fewer`);
  if (first === 0 || first === second) {
    if (path.length > 0) throw new Unsound('has hashes where none are needed');
    return { firstRoot: first === 0 ? hashOf('sha256') : firstRoot, secondRoot: first === 0 ? null : firstRoot };
  }
  // Where the smaller tree is a full subtree of the larger, its root is not among the hashes.
  const hashes = isPowerOfTwo(first) ? [firstRoot, ...path] : [...path];
  let [node, last] = [first - 1, second - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [old, now] = [hashes[0], hashes[0]];
  if (old === undefined || now === undefined) throw new Unsound('has too few hashes');
  for (const hash of hashes.slice(1)) {
    if (last === 0) throw new Unsound('has too many hashes');
    if (node % 2 === 1 || node === last) {
      [old, now] = [hashNode(hash, old), hashNode(hash, now)];
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      now = hashNode(now, hash);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Unsound('has too few hashes');
  return { firstRoot: old, secondRoot: now };
}

/** @param {number} value */
const isPowerOfTwo = (value) => Number.isInteger(Math.log2(value));

// ---------------------------------------------------------------------------------------------------------------------
// Signed notes, checkpoints and proofs: c2sp.org/signed-note, tlog-checkpoint, tlog-proof
// ---------------------------------------------------------------------------------------------------------------------

/** @param {string} text @param {string} what */
function fromBase64(text, what) {
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text)
    throw new Unsound(`has ${shown(text)} where the base64 of ${what} belongs`);
  return bytes;
}

/** @param {string} text */
function hashFromBase64(text) {
  const bytes = fromBase64(text, 'a SHA-256 hash');
  if (bytes.length !== 32) throw new Unsound(`has a hash of ${bytes.length} bytes, not 32`);
  return bytes;
}

/** @param {string} text */
function wholeNumber(text) {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw new Unsound(`has ${shown(text)} where a whole number belongs`);
  return Number(text);
}

/** The type of Ed25519 signatures of plain notes. */
const ED25519 = 0x01;

/** @typedef {{ name: string, id: Buffer, publicKey: import('node:crypto').KeyObject, text: string }} VerifierKey */

/** @param {string} text `name+id+base64(type, key)` @returns {VerifierKey} */
export function parseVerifierKey(text) {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text);
  if (!match)
    throw new NotVerified(`${shown(text)} is no key of the form name+id+key, as in example.org/log+1a2b3c4d+AbCd…`);
  const [, name = '', id = '', encoded = ''] = match;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded || bytes.length !== 33 || bytes[0] !== ED25519) {
    throw new NotVerified(`Key ${shown(text)} is no Ed25519 key.`);
  }
  const expected = hashOf('sha256', `${name}\n`, bytes).subarray(0, 4);
  if (expected.toString('hex') !== id) {
    throw new NotVerified(`Key ${shown(text)} was not copied whole: its id would be ${expected.toString('hex')}.`);
  }
  const x = bytes.subarray(1).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return { name, id: expected, publicKey, text };
}

/**
 * @typedef {{ name: string, id: Buffer, signature: Buffer }} SignatureLine
 * @typedef {object} Checkpoint
 * @property {string} note the whole of it, as it was read
 * @property {string} text what is signed
 * @property {string} origin
 * @property {number} treeSize
 * @property {Buffer} rootHash
 * @property {SignatureLine[]} signatures
 */

const MAX_SIGNATURE_COUNT = 100;

/** @param {string} note @returns {Checkpoint} */
export function parseCheckpoint(note) {
  // To look for control characters is what it is for.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note))
    throw new Unsound('holds a control character, which no signed note has');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new Unsound('is no signed note: a text, an empty line, and signatures');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURE_COUNT) throw new Unsound(`has more than ${MAX_SIGNATURE_COUNT} signatures`);
  const signatures = lines.map(parseSignature);
  const [origin = '', size = '', root = '', ...more] = text.slice(0, -1).split('\n');
  if (origin === '' || more.includes(''))
    throw new Unsound('is no checkpoint: an origin, a size and a root hash, a line each');
  return { note, text, origin, treeSize: wholeNumber(size), rootHash: hashFromBase64(root), signatures };
}

/** @param {string} line @returns {SignatureLine} */
function parseSignature(line) {
  const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
  if (!match) throw new Unsound(`has ${shown(line)} where a signature belongs`);
  const [, name = '', encoded = ''] = match;
  const bytes = fromBase64(encoded, 'a signature');
  if (bytes.length < 5) throw new Unsound('has a signature that is too short');
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/**
 * The keys among these that the checkpoint is signed with. Signatures of other keys mean nothing here, but one in the name
 * of a known key that does not verify condemns the whole.
 * @param {Checkpoint} checkpoint
 * @param {readonly VerifierKey[]} keys
 */
export function signersOf({ text, origin, signatures }, keys) {
  /** @type {VerifierKey[]} */
  const signers = [];
  for (const { name, id, signature } of signatures) {
    const key = keys.find((candidate) => candidate.name === name && candidate.id.equals(id));
    if (!key) continue;
    if (!verifySignature(null, Buffer.from(text), key.publicKey, signature)) {
      throw new Unsound(
        `has a signature of key ${nameOfKey(key)} that does not verify: it was signed of something else`,
      );
    }
    signers.push(key);
  }
  if (signers.length > 0 && !signers.some(({ name }) => name === origin)) {
    throw new Unsound(`is of log ${shown(origin)}, and signed by a key of another`);
  }
  return signers;
}

/** @param {{ name: string, id: Buffer }} key */
const nameOfKey = ({ name, id }) => `${name}+${id.toString('hex')}`;

/** @param {Checkpoint} checkpoint */
const allSigners = ({ signatures }) => [...new Set(signatures.map(nameOfKey))].map(shown).join(', ');

/** @typedef {{ index: number, path: Buffer[], checkpoint: string }} InclusionProof */

/** @param {string} text @returns {InclusionProof} */
export function parseInclusionProof(text) {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(0, end)).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Unsound('is no proof in the form c2sp.org/tlog-proof@v1');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const index = /^index (\S+)$/.exec(lines.shift() ?? '');
  if (!index) throw new Unsound("does not say where the event is: 'index', a blank and a number");
  return { index: wholeNumber(index[1] ?? ''), path: lines.map(hashFromBase64), checkpoint: text.slice(end + 2) };
}

/** @param {string} text */
export function parseConsistencyProof(text) {
  const [head = '', first = '', second = '', ...hashes] = text.slice(0, -1).split('\n');
  if (head !== 'peildatum-consistency@v1' || !text.endsWith('\n'))
    throw new Unsound('is no proof in the form peildatum-consistency@v1');
  const sizes = [/^first (\S+)$/.exec(first), /^second (\S+)$/.exec(second)].map((match) =>
    wholeNumber(match?.[1] ?? ''),
  );
  return { first: sizes[0] ?? 0, second: sizes[1] ?? 0, path: hashes.map(hashFromBase64) };
}

// ---------------------------------------------------------------------------------------------------------------------
// Files
// ---------------------------------------------------------------------------------------------------------------------

const CHUNK_BYTES = 1 << 20;

/** The largest event by far is a report of thousands of figures: some megabytes. */
const MAX_LINE_BYTES = 1 << 27;
const MAX_FILE_BYTES = 1 << 27;

/** What can stand in a pack. A name from the manifest becomes a path only if it has one of these forms. */
const nameForms = [
  /^(events\.ndjson|leaves|checkpoint|verify\.mjs)$/,
  /^checkpoints\/(0|[1-9]\d{0,14})$/,
  /^consistency\/(0|[1-9]\d{0,14})-(0|[1-9]\d{0,14})$/,
  /^proofs\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.tlog-proof$/,
  /^tables\/[A-Za-z0-9]+(-[A-Za-z0-9]+)*\.csv$/,
];
const folders = new Set(['checkpoints', 'consistency', 'proofs', 'tables']);

/** @param {string} name */
const isPackName = (name) => nameForms.some((form) => form.test(name));

/**
 * The files of a pack by name, and what lies there and is no file of a pack.
 * @param {string} directory
 * @param {Level} level
 */
function listFiles(directory, level) {
  /** @type {string[]} */
  const names = [];
  /** @param {string} folder */
  const list = (folder) => {
    for (const entry of readdirSync(join(directory, folder), { withFileTypes: true })) {
      const name = `${folder}${entry.name}`;
      if (entry.isSymbolicLink())
        level.fault({ file: name }, 'is a link to somewhere else; a pack holds its files itself');
      else if (entry.isFile()) names.push(name);
      else if (entry.isDirectory() && folder === '' && folders.has(name)) list(`${name}/`);
      else level.fault({ file: name }, entry.isDirectory() ? 'is a directory that no pack has' : 'is no plain file');
    }
  };
  list('');
  return names.sort();
}

/**
 * Opens a file that must not lead anywhere else.
 * @template T
 * @param {string} path
 * @param {(handle: number) => T} work
 */
function withFile(path, work) {
  const handle = openOwn(path);
  try {
    if (!fstatSync(handle).isFile()) throw new Unsound('is no plain file');
    return work(handle);
  } finally {
    closeSync(handle);
  }
}

/** @param {string} path */
function openOwn(path) {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') throw new Unsound('may not be read by this user');
    throw error;
  }
}

/** @param {number} handle */
function* chunksOf(handle) {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (;;) {
    const length = readSync(handle, buffer, 0, CHUNK_BYTES, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

/** @param {string} path */
const digestOf = (path) =>
  withFile(path, (handle) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for (const chunk of chunksOf(handle)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { bytes, sha256: hash.digest('hex') };
  });

/** @param {string} path */
const readWhole = (path) =>
  withFile(path, (handle) => {
    if (fstatSync(handle).size > MAX_FILE_BYTES) throw new Unsound('is larger than any file of its kind');
    return readFileSync(handle);
  });

/** @param {string} path */
const readText = (path) => decodeText(readWhole(path));

/**
 * The lines of a file without their ends, one in memory. `ended` is false for a last line that has no end.
 * @param {number} handle
 * @returns {Generator<{ bytes: Buffer, ended: boolean }>}
 */
function* linesOf(handle) {
  /** @type {Buffer[]} */
  let parts = [];
  let length = 0;
  for (const chunk of chunksOf(handle)) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      // The chunk is written over by the next one, and whoever takes a line may keep it.
      yield { bytes: Buffer.concat([...parts, chunk.subarray(start, end)]), ended: true };
      [parts, length, start] = [[], 0, end + 1];
    }
    length += chunk.length - start;
    if (length > MAX_LINE_BYTES) throw new Unsound(`has a line of more than ${MAX_LINE_BYTES} bytes`);
    if (start < chunk.length) parts.push(Buffer.from(chunk.subarray(start)));
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), ended: false };
}

// ---------------------------------------------------------------------------------------------------------------------
// The manifest
// ---------------------------------------------------------------------------------------------------------------------

/**
 * @typedef {object} PeriodEntry
 * @property {string} key
 * @property {string} referenceDate
 * @property {{ event: string, position: number, recordedAt: string }} publication
 * @property {{ asOf: string, position: number }} moment
 *
 * @typedef {object} Manifest
 * @property {string} origin
 * @property {number} treeSize
 * @property {string} rootHash
 * @property {string | null} period
 * @property {PeriodEntry[]} periods
 * @property {{ treeSize: number, rootHash: string }[]} checkpoints
 * @property {{ name: string, bytes: number, sha256: string }[]} files
 */

const MANIFEST = 'manifest.json';
const VERIFIER = 'verify.mjs';
const FORMAT = 'peildatum-evidence@v1';

/** @typedef {(value: unknown, where: string) => void} Form */

/** @param {boolean} holds @param {string} where @param {string} what */
function must(holds, where, what) {
  if (!holds) throw new Unsound(`has ${where || 'a whole'} that is not ${what}`);
}

/** No text of an event is this long. */
const MAX_TEXT_CHARACTERS = 10_000;

/** @type {Form} */
const text = (value, where) =>
  must(typeof value === 'string' && value.length <= MAX_TEXT_CHARACTERS, where, 'a text, and no endless one');
/** @type {Form} */
const count = (value, where) => must(Number.isSafeInteger(value) && Number(value) >= 0, where, 'a whole number');
/** @param {RegExp} pattern @param {string} what @returns {Form} */
const matching = (pattern, what) => (value, where) =>
  must(typeof value === 'string' && pattern.test(value), where, what);
const instant = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'an instant like 2021-01-15T09:00:00.000Z');
const civilDate = matching(/^\d{4}-\d\d-\d\d$/, 'a date like 2020-11-01');
const key = matching(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, 'a key');
/** @param {Form} form @returns {Form} */
const orNull = (form) => (value, where) => (value === null ? undefined : form(value, where));
/** @param {Form} form @returns {Form} */
const listOf = (form) => (value, where) => {
  must(Array.isArray(value), where, 'a list');
  for (const [index, item] of /** @type {unknown[]} */ (value).entries()) form(item, `${where}[${index}]`);
};
/** @param {Record<string, Form>} members @param {{ open?: boolean }} [options] open: there may be others @returns {Form} */
const record =
  (members, { open = false } = {}) =>
  (value, where) => {
    must(typeof value === 'object' && value !== null && !Array.isArray(value), where, 'an object');
    const object = /** @type {Record<string, unknown>} */ (value);
    for (const [name, form] of Object.entries(members)) {
      if (!Object.hasOwn(object, name)) throw new Unsound(`has no ${where ? `${where}.` : ''}${name}`);
      form(object[name], where ? `${where}.${name}` : name);
    }
    const other = open ? undefined : Object.keys(object).find((name) => !Object.hasOwn(members, name));
    if (other !== undefined)
      throw new Unsound(`has ${shown(other)}${where && ` in ${where}`}, which does not belong there`);
  };

const manifestForm = record({
  format: matching(/^peildatum-evidence@v1$/, `'${FORMAT}', the only format that this verifier knows`),
  program: text,
  origin: text,
  treeSize: count,
  rootHash: text,
  period: orNull(key),
  periods: listOf(
    record({
      key,
      referenceDate: civilDate,
      publication: record({ event: text, position: count, recordedAt: instant }),
      moment: record({ asOf: civilDate, position: count }),
    }),
  ),
  checkpoints: listOf(record({ treeSize: count, rootHash: text })),
  files: listOf(
    record({ name: text, bytes: count, sha256: matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits') }),
  ),
});

/** @param {string} path @returns {Manifest} */
function readManifest(path) {
  const content = readText(path);
  const value = parseJson(content);
  manifestForm(value, '');
  if (`${JSON.stringify(value, null, 2)}\n` !== content) {
    throw new Unsound('is not written as JSON with two blanks a level: a name may stand in it twice');
  }
  return /** @type {Manifest} */ (value);
}

// ---------------------------------------------------------------------------------------------------------------------
// Events
// ---------------------------------------------------------------------------------------------------------------------

/**
 * An event as the log keeps it; but for the position all as it is in the canonical form.
 * @typedef {object} LogEvent
 * @property {string} id
 * @property {string} position
 * @property {string} stream
 * @property {number} revision
 * @property {string} type
 * @property {number} schemaVersion
 * @property {string} recordedAt
 * @property {boolean} recordedAtStated
 * @property {Record<string, unknown>} data
 */

const eventForm = record({
  id: matching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'a UUID of version 7'),
  position: matching(/^[1-9]\d{0,14}$/, 'a position, as a text of digits'),
  stream: text,
  revision: count,
  type: text,
  schemaVersion: count,
  recordedAt: instant,
  recordedAtStated: (value, where) => must(typeof value === 'boolean', where, 'true or false'),
  appendedAt: instant,
  actor: text,
  correlationId: text,
  causationId: orNull(text),
  idempotencyKey: orNull(text),
  requestDigest: orNull(text),
  data: record({}, { open: true }),
});

/** @param {unknown} value @returns {LogEvent} */
function asEvent(value) {
  eventForm(value, '');
  return /** @type {LogEvent} */ (value);
}

/** What is stated: a level, or a value, on a scale from a date. */
const statement = {
  scale: text,
  level: text,
  effectiveOn: civilDate,
  basis: matching(/^(OBSERVED|PUBLISHED|RECONSTRUCTED)$/, 'a basis'),
};
const registration = record({ registeredOn: civilDate }, { open: true });
const naming = record({ name: text, effectiveOn: civilDate }, { open: true });
const retirement = record({ retiredOn: civilDate }, { open: true });
const levels = listOf(record({ key: text }, { open: true }));
const unread = record({}, { open: true });
const figure = { formula: orNull(text) };

/**
 * The types of events that there are, by schema version: what replaying needs of their data. Versions that differ in what
 * it does not need are the same to it.
 * @type {Record<string, Form[]>}
 */
const dataForms = {
  ScaleDefined: [
    record({ key: text, subjectKind: matching(/^(REGION|PROJECT)$/, 'a kind of subject'), levels }, { open: true }),
  ],
  ScaleRevised: [record({ key: text, levels }, { open: true })],
  RegionRegistered: [registration],
  ProjectRegistered: [registration],
  OrganisationRegistered: [registration],
  RegionNamed: [naming],
  ProjectNamed: [naming],
  OrganisationNamed: [naming],
  RegionRetired: [retirement],
  ProjectRetired: [retirement],
  ProjectSummarised: [unread],
  StatusStated: [record(statement, { open: true })],
  StatusCorrected: [record({ corrects: text, ...statement }, { open: true })],
  StatusWithdrawn: [record({ withdraws: text }, { open: true })],
  PeriodDefined: [record({ key, referenceDate: civilDate }, { open: true })],
  PeriodPublished: [
    record({ period: key, referenceDate: civilDate, cells: listOf(record({ cell: text, count })) }, { open: true }),
  ],
  ReportPublished: [
    record(
      {
        key,
        title: text,
        period: orNull(key),
        tables: listOf(
          record(
            {
              number: count,
              title: text,
              cells: listOf(
                record(
                  { block: orNull(text), row: text, column: text, published: finite, decimals: count, ...figure },
                  { open: true },
                ),
              ),
            },
            { open: true },
          ),
        ),
      },
      { open: true },
    ),
  ],
  MilestoneRecorded: [unread, unread],
  PublicationFiguresRecorded: [unread],
  ActorErased: [unread],
};

/** @type {Form} */
function finite(value, where) {
  must(Number.isFinite(value), where, 'a number');
}

// ---------------------------------------------------------------------------------------------------------------------
// The history: what was stated, folded by the rules of time
// ---------------------------------------------------------------------------------------------------------------------

/**
 * One version of a statement. It is known at the positions from `from` up to, and without, `until`.
 * @typedef {object} Version
 * @property {string} stream
 * @property {string} scale
 * @property {string} level
 * @property {string} effectiveOn
 * @property {Basis} basis
 * @property {string} event
 * @property {number} rank the position of the statement's first version
 * @property {number} from
 * @property {number} until
 *
 * @typedef {'OBSERVED' | 'PUBLISHED' | 'RECONSTRUCTED'} Basis
 * @typedef {{ asOf: string, position: number }} Moment
 * @typedef {'REGION' | 'PROJECT'} SubjectKind
 *
 * @typedef {{ key: string, referenceDate: string }} Period
 * @typedef {{ period: string, referenceDate: string, cells: { cell: string, count: number }[] } & EventPlace} Publication
 * @typedef {{ block: string | null, row: string, column: string, published: number, decimals: number, formula: string | null }} Figure
 * @typedef {{ key: string, title: string, period: string | null, tables: { number: number, title: string, cells: Figure[] }[] } & EventPlace} PrintedReport
 * @typedef {{ position: number, event: string, recordedAt: string }} EventPlace
 */

/** From the strongest ground to the weakest. @type {readonly Basis[]} */
const bases = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'];

const FOREVER = Number.MAX_SAFE_INTEGER;

/** @type {Record<string, SubjectKind>} */
const kinds = { region: 'REGION', project: 'PROJECT' };

/** What a registration or a retirement states, by the type of the event. */
const existence = new Map([
  ['RegionRegistered', 'registered'],
  ['ProjectRegistered', 'registered'],
  ['OrganisationRegistered', 'registered'],
  ['RegionRetired', 'retired'],
  ['ProjectRetired', 'retired'],
]);
const namings = new Set(['RegionNamed', 'ProjectNamed', 'OrganisationNamed']);

/**
 * The statement that an event makes, if any (time rule 5: registrations, names and retirements are statements too, and the
 * recorder's own observation).
 * @param {LogEvent} event
 * @returns {{ scale: string, level: string, effectiveOn: string, basis: Basis } | null}
 */
function statementOf({ type, data }) {
  const level = existence.get(type);
  if (level !== undefined) {
    const effectiveOn = String(level === 'registered' ? data['registeredOn'] : data['retiredOn']);
    return { scale: 'existence', level, effectiveOn, basis: 'OBSERVED' };
  }
  if (namings.has(type)) {
    return { scale: 'name', level: String(data['name']), effectiveOn: String(data['effectiveOn']), basis: 'OBSERVED' };
  }
  if (type !== 'StatusStated' && type !== 'StatusCorrected') return null;
  const { scale, level: stated, effectiveOn, basis } = data;
  return {
    scale: String(scale),
    level: String(stated),
    effectiveOn: String(effectiveOn),
    basis: /** @type {Basis} */ (basis),
  };
}

/**
 * Folds events, in order, into what was known when: every version of every statement, the scales, the periods, the
 * publications and the reports. Nothing is forgotten, so that it can be asked about any moment.
 */
export function newHistory() {
  /** By stream and then by scale. @type {Map<string, Map<string, Version[]>>} */
  const statements = new Map();
  /** The versions that stand, by the id of the event that made them. @type {Map<string, Version>} */
  const standing = new Map();
  /** @type {Map<string, { subjectKind: SubjectKind, versions: { from: number, levels: Set<string> }[] }>} */
  const scales = new Map();
  /** @type {Map<string, Period>} */
  const periods = new Map();
  /** @type {Publication[]} */
  const publications = [];
  /** @type {PrintedReport[]} */
  const reports = [];
  /** Levels, dates and names come again and again; each is kept once. @type {Map<string, string>} */
  const words = new Map();
  /** @param {string} word */
  const once = (word) => {
    const known = words.get(word);
    if (known === undefined) words.set(word, word);
    return known ?? word;
  };

  /** @param {LogEvent} event @param {number} position @param {string} named */
  const end = (event, position, named) => {
    const version = standing.get(named);
    // Whether references resolve is another question; here what names nothing ends nothing.
    if (version?.stream !== event.stream) return null;
    standing.delete(named);
    version.until = position;
    return version;
  };

  /** @param {string} stream @param {string} scale @returns {Version[]} */
  const versionsOf = (stream, scale) => {
    const ofStream = statements.get(stream) ?? new Map();
    statements.set(stream, ofStream);
    const versions = ofStream.get(scale) ?? [];
    ofStream.set(scale, versions);
    return versions;
  };

  return {
    scales,
    periods,
    publications,
    reports,

    /** The version that an event made, if it stands. @param {string} event */
    standing: (event) => standing.get(event) ?? null,

    /**
     * @param {LogEvent} event
     * @param {number} position
     * @throws {Unsound} when the event is of no type that this verifier knows, or its data not of the form of its type
     */
    apply(event, position) {
      const { type, schemaVersion, data, stream, id, recordedAt } = event;
      const form = Object.hasOwn(dataForms, type) ? dataForms[type]?.[schemaVersion - 1] : undefined;
      if (!form)
        throw new Unsound(
          `is a ${shown(type)} of version ${schemaVersion}, which this verifier does not know; take a newer one`,
        );
      form(data, 'data');
      const place = { position, event: id, recordedAt };
      if (type === 'ScaleDefined' || type === 'ScaleRevised') {
        const scale = scales.get(String(data['key'])) ?? {
          subjectKind: /** @type {SubjectKind} */ (data['subjectKind']),
          versions: [],
        };
        const keys = /** @type {{ key: string }[]} */ (data['levels']).map((level) => level.key);
        scale.versions.push({ from: position, levels: new Set(keys) });
        scales.set(String(data['key']), scale);
      } else if (type === 'PeriodDefined') {
        const period = { key: String(data['key']), referenceDate: String(data['referenceDate']) };
        if (!periods.has(period.key)) periods.set(period.key, period);
      } else if (type === 'PeriodPublished') {
        publications.push({ .../** @type {Publication} */ (/** @type {unknown} */ (data)), ...place });
      } else if (type === 'ReportPublished') {
        reports.push({ .../** @type {PrintedReport} */ (/** @type {unknown} */ (data)), ...place });
      } else if (type === 'StatusWithdrawn') {
        end(event, position, String(data['withdraws']));
      }
      const stated = statementOf(event);
      if (!stated) return;
      // Time rule 2: a correction keeps its statement's rank.
      const replaced = type === 'StatusCorrected' ? end(event, position, String(data['corrects'])) : null;
      const version = {
        stream: once(stream),
        scale: once(stated.scale),
        level: once(stated.level),
        effectiveOn: once(stated.effectiveOn),
        basis: /** @type {Basis} */ (once(stated.basis)),
        event: id,
        rank: replaced?.rank ?? position,
        from: position,
        until: FOREVER,
      };
      standing.set(id, version);
      versionsOf(version.stream, version.scale).push(version);
    },

    /**
     * The version that holds for a subject on a scale at a moment (time rules 1 and 2), whatever its lifetime.
     * @param {string} stream
     * @param {string} scale
     * @param {Moment} moment
     */
    governing(stream, scale, { asOf, position }) {
      /** @type {Version | null} */
      let best = null;
      for (const version of statements.get(stream)?.get(scale) ?? []) {
        if (version.from > position || version.until <= position || version.effectiveOn > asOf) continue;
        const wins =
          best === null ||
          version.effectiveOn > best.effectiveOn ||
          (version.effectiveOn === best.effectiveOn && version.rank > best.rank);
        if (wins) best = version;
      }
      return best;
    },

    /**
     * The streams of the regions or projects that exist at a moment (time rules 3 and 5): from the first known registration up
     * to, and without, the first known retirement.
     * @param {SubjectKind} kind
     * @param {Moment} moment
     */
    existing(kind, { asOf, position }) {
      /** @type {string[]} */
      const existing = [];
      for (const [stream, scales] of statements) {
        if (kinds[stream.slice(0, stream.indexOf('-'))] !== kind) continue;
        const known = (scales.get('existence') ?? []).filter(({ from, until }) => from <= position && position < until);
        const has = (/** @type {string} */ level) =>
          known.some((each) => each.level === level && each.effectiveOn <= asOf);
        if (has('registered') && !has('retired')) existing.push(stream);
      }
      return existing;
    },
  };
}
/** @typedef {ReturnType<typeof newHistory>} History */

// ---------------------------------------------------------------------------------------------------------------------
// Formulas, and the cells that they count: docs/formulas.md
// ---------------------------------------------------------------------------------------------------------------------

/**
 * @typedef {{ scale: string, levels: string[] | null }} Condition
 * @typedef {{ kind: SubjectKind, conditions: Condition[], period: string | null }} Cell
 * @typedef {{ number: number } | { cell: Cell } | { negated: Formula } | { operator: string, left: Formula, right: Formula }} Formula
 */

/** @type {Record<string, SubjectKind>} */
const nouns = { regions: 'REGION', projects: 'PROJECT' };

const MAX_FORMULA_DEPTH = 50;

/** @param {string} source @returns {Formula} @throws {Unsound} when it is none */
export function parseFormula(source) {
  let at = 0;
  /** @param {RegExp} pattern sticky */
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found === undefined) return null;
    at += found.length;
    return found;
  };
  const blanks = () => void match(/\s*/y);
  /** @param {string} symbol */
  const takes = (symbol) => {
    blanks();
    if (!source.startsWith(symbol, at)) return false;
    at += symbol.length;
    return true;
  };
  const name = () => {
    blanks();
    const found = match(/[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/y);
    if (found === null) throw new Unsound(`is no formula: a name belongs at character ${at + 1}`);
    return found;
  };
  /** @returns {Condition} */
  const condition = () => {
    const scale = name();
    if (!takes('=')) return { scale, levels: null };
    const levels = [name()];
    while (takes('|')) levels.push(name());
    return { scale, levels };
  };
  /** @returns {Formula} */
  const cell = () => {
    const noun = name();
    const kind = Object.hasOwn(nouns, noun) ? nouns[noun] : undefined;
    if (!kind) throw new Unsound(`is no formula: it counts ${shown(noun)}`);
    /** @type {Condition[]} */
    const conditions = [];
    if (takes('[')) {
      do {
        const added = condition();
        if (conditions.some(({ scale }) => scale === added.scale))
          throw new Unsound(`is no formula: it names a scale twice`);
        conditions.push(added);
      } while (takes(','));
      if (!takes(']')) throw new Unsound(`is no formula: a ] belongs at character ${at + 1}`);
    }
    return { cell: { kind, conditions, period: takes('@') ? name() : null } };
  };
  /** @param {number} depth @returns {Formula} */
  const factor = (depth) => {
    if (depth > MAX_FORMULA_DEPTH) throw new Unsound('is no formula: it is nested too deep');
    if (takes('-')) return { negated: factor(depth + 1) };
    if (takes('(')) {
      const inner = sum(depth + 1);
      if (!takes(')')) throw new Unsound(`is no formula: a ) belongs at character ${at + 1}`);
      return inner;
    }
    blanks();
    const digits = match(/\d+(?:\.\d+)?/y);
    if (digits === null) return cell();
    if (!Number.isFinite(Number(digits))) throw new Unsound('is no formula: it has a number beyond all bounds');
    return { number: Number(digits) };
  };
  /** @param {string[]} operators @param {() => Formula} operand @returns {Formula} */
  const chain = (operators, operand) => {
    let left = operand();
    for (;;) {
      const operator = operators.find(takes);
      if (operator === undefined) return left;
      left = { operator, left, right: operand() };
    }
  };
  /** @param {number} depth @returns {Formula} */
  const sum = (depth) => chain(['+', '-'], () => chain(['*', '/'], () => factor(depth)));

  const formula = sum(0);
  blanks();
  if (at < source.length) throw new Unsound(`is no formula from character ${at + 1} on`);
  return formula;
}

/** @param {Formula} formula @returns {Cell[]} */
function cellsOf(formula) {
  if ('cell' in formula) return [formula.cell];
  if ('negated' in formula) return cellsOf(formula.negated);
  return 'operator' in formula ? [...cellsOf(formula.left), ...cellsOf(formula.right)] : [];
}

/**
 * The value of a formula; null where it has none: a cell that cannot be counted, a division by zero, a number too large.
 * @param {Formula} formula
 * @param {(cell: Cell) => number | null} countOf
 * @returns {number | null}
 */
export function evaluate(formula, countOf) {
  if ('cell' in formula) return countOf(formula.cell);
  if ('number' in formula) return bounded(formula.number);
  if ('negated' in formula) {
    const value = evaluate(formula.negated, countOf);
    return value === null ? null : -value;
  }
  const left = evaluate(formula.left, countOf);
  const right = evaluate(formula.right, countOf);
  if (left === null || right === null) return null;
  switch (formula.operator) {
    case '+':
      return bounded(left + right);
    case '-':
      return bounded(left - right);
    case '*':
      return bounded(left * right);
    default:
      return right === 0 ? null : bounded(left / right);
  }
}

/** @param {number} value */
const bounded = (value) => (Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null);

/**
 * Who is counted in a cell, by stream, each with the weakest of the grounds that its levels rest on: null for who is
 * counted by no level at all.
 * @typedef {Map<string, Basis | null>} Members
 */

/**
 * Counts cells as known at one position.
 * @param {History} history
 * @param {number} position
 * @param {string | null} ownPeriod the period of cells that name none
 */
export function newCounter(history, position, ownPeriod) {
  /** @type {Map<string, string[]>} */
  const existing = new Map();
  /** @type {Map<string, Map<string, Version>>} */
  const placed = new Map();

  /** @template T @param {Map<string, T>} known @param {string} name @param {() => T} make */
  const remembered = (known, name, make) => {
    const value = known.get(name) ?? make();
    known.set(name, value);
    return value;
  };
  /** @param {SubjectKind} kind @param {string} asOf */
  const existingAt = (kind, asOf) =>
    remembered(existing, `${kind} ${asOf}`, () => history.existing(kind, { asOf, position }));
  /** @param {SubjectKind} kind @param {string} asOf @param {string} scale */
  const placedAt = (kind, asOf, scale) =>
    remembered(placed, `${kind} ${asOf} ${scale}`, () => {
      /** @type {Map<string, Version>} */
      const versions = new Map();
      for (const stream of existingAt(kind, asOf)) {
        const version = history.governing(stream, scale, { asOf, position });
        if (version) versions.set(stream, version);
      }
      return versions;
    });

  /** A scale that is not there, or not for these subjects, has no counts: 0 would pass for an answer. @param {Cell} cell */
  const isCountable = ({ kind, conditions }) =>
    conditions.every(({ scale, levels }) => {
      const defined = history.scales.get(scale);
      const version = defined?.versions.findLast(({ from }) => from <= position);
      // Regions have care offices too, whatever that scale is defined for.
      if (!defined || !version || (defined.subjectKind !== kind && scale !== 'care-office')) return false;
      return levels === null || levels.every((level) => version.levels.has(level));
    });

  /** @param {Cell} cell @returns {Members | null} null where it cannot be counted */
  const members = (cell) => {
    const asOf = history.periods.get(cell.period ?? ownPeriod ?? '')?.referenceDate;
    if (asOf === undefined || !isCountable(cell)) return null;
    const conditions = cell.conditions.map(({ scale, levels }) => ({
      levels,
      placed: placedAt(cell.kind, asOf, scale),
    }));
    /** @type {Members} */
    const counted = new Map();
    for (const stream of existingAt(cell.kind, asOf)) {
      const grounds = conditions.map(({ levels, placed }) => {
        const version = placed.get(stream);
        return version && (levels === null || levels.includes(version.level)) ? version.basis : null;
      });
      if (!grounds.includes(null)) counted.set(stream, weakest(grounds));
    }
    return counted;
  };

  return {
    members,
    /** @param {Cell} cell */
    count: (cell) => members(cell)?.size ?? null,
  };
}
/** @typedef {ReturnType<typeof newCounter>} Counter */

/** @param {readonly (Basis | null)[]} grounds */
const weakest = (grounds) => bases.findLast((basis) => grounds.includes(basis)) ?? null;

/**
 * How many subjects in these cells rest on each ground, strongest first; each subject once, with the weakest of its grounds.
 * @param {readonly (Members | null)[]} cells
 */
function basisCounts(cells) {
  /** @type {Members} */
  const grounds = new Map();
  for (const members of cells) {
    for (const [stream, basis] of members ?? []) grounds.set(stream, weakest([basis, grounds.get(stream) ?? null]));
  }
  return bases.map((basis) => [...grounds.values()].filter((each) => each === basis).length);
}

// ---------------------------------------------------------------------------------------------------------------------
// Tables, as the pack writes them: docs/evidence-pack.md
// ---------------------------------------------------------------------------------------------------------------------

/** @typedef {string | number | boolean | null} Value */

/** @param {Value} value */
function csvField(value) {
  const plain = typeof value === 'string' ? guarded(value) : String(value ?? '');
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** What begins a formula in a spreadsheet, also in the wide forms of Asian typography. */
const FORMULA = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]';
const beginsFormula = new RegExp(`^(\\s*${FORMULA}|[ \u00A0]*[\\t\\r\\n])`);
const formulaWithin = new RegExp(`([;\\t\\r\\n]["'\\s]*)(?=${FORMULA})`, 'g');

/** Text that a spreadsheet would take for a formula has an apostrophe before it. @param {string} plain */
const guarded = (plain) => (beginsFormula.test(plain) ? "'" : '') + plain.replaceAll(formulaWithin, "$1'");

/** @param {readonly (readonly Value[])[]} rows */
const csvLines = (rows) => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

/** @param {readonly string[]} headings @param {readonly (readonly Value[])[]} rows @param {readonly (readonly Value[])[]} notes */
const csvTable = (headings, rows, notes) => `\uFEFF${csvLines([headings, ...rows])}\r\n${csvLines(notes)}`;

/** @param {Publication} publication @param {Counter} counter */
function periodTable({ period, referenceDate, position, event, recordedAt, cells }, counter) {
  const rows = cells.map(({ cell }) => {
    const members = membersOf(cell, counter);
    return [cell, members?.size ?? null, ...(members ? basisCounts([members]) : bases.map(() => null))];
  });
  return csvTable(['cell', 'count', 'observed', 'published', 'reconstructed'], rows, [
    ['period', period],
    ['asOf', referenceDate],
    ['position', position],
    ['recordedAt', recordedAt],
    ['event', event],
  ]);
}

/**
 * Who is in a cell that is written as a publication writes it; null where the text is no cell, or cannot be counted.
 * @param {string} written
 * @param {Counter} counter
 */
function membersOf(written, counter) {
  const formula = formulaOf(written);
  return formula && 'cell' in formula ? counter.members(formula.cell) : null;
}

/** @param {string} source */
function formulaOf(source) {
  try {
    return parseFormula(source);
  } catch (error) {
    if (error instanceof Unsound) return null;
    throw error;
  }
}

/**
 * Half away from zero, as print rounds; a number counts as what it is written as, so that 1.005 is not less.
 * @param {number} value
 * @param {number} decimals
 */
function rounded(value, decimals) {
  const factor = 10 ** decimals;
  const scaled = Math.abs(value) * factor;
  if (scaled > Number.MAX_SAFE_INTEGER) return value;
  return (Math.sign(value) * Math.round(scaled + Number.EPSILON * scaled)) / factor || 0;
}

/**
 * @param {Figure} figure
 * @param {Counter} counter
 * @returns {{ rebuilt: number | null, grounds: (number | null)[] }}
 */
function rebuild({ formula: source, decimals }, counter) {
  const formula = source === null ? null : formulaOf(source);
  if (!formula) return { rebuilt: null, grounds: bases.map(() => null) };
  const value = evaluate(formula, counter.count);
  const grounds = value === null ? bases.map(() => null) : basisCounts(cellsOf(formula).map(counter.members));
  return { rebuilt: value === null ? null : rounded(value, decimals), grounds };
}

/**
 * @param {PrintedReport} report
 * @param {{ number: number, title: string, cells: Figure[] }} table
 * @param {number} position
 * @param {Counter} counter
 */
function reportTable(report, table, position, counter) {
  const tally = { agree: 0, differ: 0, notComputable: 0 };
  const rows = table.cells.map((cell) => {
    const { block, row, column, published, decimals, formula } = cell;
    const { rebuilt, grounds } = rebuild(cell, counter);
    tally[rebuilt === null ? 'notComputable' : rebuilt === published ? 'agree' : 'differ'] += 1;
    return [
      block,
      row,
      column,
      published,
      decimals,
      formula,
      rebuilt,
      rebuilt === null ? null : rebuilt === published,
      ...grounds,
    ];
  });
  const headings = [
    'block',
    'row',
    'column',
    'printed',
    'decimals',
    'formula',
    'rebuilt',
    'agrees',
    'observed',
    'published',
    'reconstructed',
  ];
  const csv = csvTable(headings, rows, [
    ['report', report.key, report.title],
    ['reportPosition', report.position],
    ['table', table.number, table.title],
    ['period', report.period],
    ['position', position],
  ]);
  return { csv, tally };
}

// ---------------------------------------------------------------------------------------------------------------------
// The levels
// ---------------------------------------------------------------------------------------------------------------------

/**
 * Level 1: the pack is whole. Its files are those of the manifest, byte for byte, and no other is there.
 * @param {string} directory
 */
function checkFiles(directory) {
  const level = newLevel(1, 'files');
  const present = listFiles(directory, level);
  /** @type {Manifest | null} */
  let manifest = null;
  level.hold({ file: MANIFEST }, () => {
    manifest = readManifest(join(directory, MANIFEST));
  });
  const listed = new Set();
  for (const { name, bytes, sha256 } of /** @type {Manifest | null} */ (manifest)?.files ?? []) {
    if (!isPackName(name))
      level.fault({ file: MANIFEST }, `lists ${shown(name)}, which is the name of no file of a pack`);
    else if (listed.has(name)) level.fault({ file: MANIFEST }, `lists ${shown(name)} twice`);
    else if (!present.includes(name)) level.fault({ file: name }, 'is listed in the manifest and is not there');
    else {
      level.hold({ file: name }, () => {
        const found = digestOf(join(directory, name));
        if (found.bytes !== bytes)
          throw new Unsound(`has ${counted(found.bytes, 'byte')}, and ${bytes} in the manifest`);
        if (found.sha256 !== sha256)
          throw new Unsound('is not the file that the manifest lists: its SHA-256 is another one');
      });
    }
    listed.add(name);
  }
  if (manifest) {
    for (const name of present) {
      if (name !== MANIFEST && !listed.has(name))
        level.fault({ file: name }, 'is there and not listed in the manifest');
    }
  }
  for (const name of ['events.ndjson', 'leaves', 'checkpoint']) {
    if (!present.includes(name) && !listed.has(name)) level.fault({ file: name }, 'is missing; every pack has one');
  }
  const names = new Set(present.filter(isPackName));
  return {
    manifest: /** @type {Manifest | null} */ (manifest),
    names,
    report: level.report(`${counted(names.size, 'file')}: those that the manifest lists, byte for byte, and no other.`),
  };
}

/**
 * Level 2: the checkpoint is signed by the keeper of the log.
 * @param {string} directory
 * @param {Set<string>} names
 * @param {Manifest | null} manifest
 * @param {readonly VerifierKey[]} keys
 */
function checkSignature(directory, names, manifest, keys) {
  const level = newLevel(2, 'signature');
  const place = { file: 'checkpoint' };
  /** @type {Checkpoint | null} */
  let checkpoint = null;
  let signed = '';
  level.hold(place, () => {
    if (!names.has('checkpoint')) throw new Unsound('is missing');
    checkpoint = parseCheckpoint(readText(join(directory, 'checkpoint')));
    if (manifest) compareManifest(manifest, checkpoint);
    if (keys.length === 0) {
      level.skip(
        `No key was given. The checkpoint says that it is signed by ${allSigners(checkpoint)}; get the key from its keeper, not from the pack.`,
      );
      return;
    }
    const signers = signersOf(checkpoint, keys);
    if (signers.length === 0) {
      const given = keys.map(nameOfKey).map(shown).join(', ');
      throw new Unsound(
        `is not signed by a key that was given: it is signed by ${allSigners(checkpoint)}, and ${given} was given`,
      );
    }
    signed = signers.map(nameOfKey).join(' and ');
  });
  const found = /** @type {Checkpoint | null} */ (checkpoint);
  return {
    checkpoint: found,
    report: level.report(
      `The checkpoint of ${shown(found?.origin ?? '')} over ${counted(found?.treeSize ?? 0, 'event')} is signed by ${signed}.`,
    ),
  };
}

/** @param {Manifest} manifest @param {Checkpoint} checkpoint */
function compareManifest(manifest, { origin, treeSize, rootHash }) {
  if (manifest.origin !== origin)
    throw new Unsound(`is of log ${shown(origin)}, and the manifest of ${shown(manifest.origin)}`);
  if (manifest.treeSize !== treeSize)
    throw new Unsound(`covers ${counted(treeSize, 'event')}, and the manifest says ${manifest.treeSize}`);
  if (manifest.rootHash !== rootHash.toString('base64'))
    throw new Unsound('has another root hash than the manifest says');
}

/**
 * Level 5: the log is complete. Each event is held against the ones before it.
 * @param {History} history
 */
function newEventVerifier(history) {
  const level = newLevel(5, 'complete');
  /** @type {Map<string, number>} */
  const revisions = new Map();
  const ids = new Set();
  let recordedAt = '';
  let live = false;

  /** @param {LogEvent} event @param {number} position */
  const verifyEvent = (event, position) => {
    const { id, stream, type, data } = event;
    const place = { position, event: id };
    if (Number(event.position) !== position)
      level.fault(place, `says that it is at position ${event.position}, and stands at ${position}`);
    if (ids.has(id)) level.fault(place, 'has the id of an event before it');
    const next = (revisions.get(stream) ?? -1) + 1;
    if (event.revision !== next)
      level.fault(place, `has revision ${event.revision} of ${shown(stream)}, where ${next} is next`);
    if (event.recordedAt < recordedAt)
      level.fault(place, `was recorded at ${event.recordedAt}, before the one before it, at ${recordedAt}`);
    if (live && event.recordedAtStated)
      level.fault(place, 'states when it was recorded, after one that was recorded live');
    for (const [named, word] of /** @type {const} */ ([
      ['corrects', 'StatusCorrected'],
      ['withdraws', 'StatusWithdrawn'],
    ])) {
      if (type !== word) continue;
      const version = typeof data[named] === 'string' ? history.standing(data[named]) : null;
      if (version?.stream !== stream)
        level.fault(
          place,
          `${named} ${shown(data[named])}, which is no statement of ${shown(stream)} that stands there`,
        );
      else if (named === 'corrects' && version.scale !== data['scale'])
        level.fault(place, `corrects a statement on scale ${shown(version.scale)} by one on ${shown(data['scale'])}`);
    }
    ids.add(id);
    revisions.set(stream, event.revision);
    recordedAt = event.recordedAt;
    live ||= !event.recordedAtStated;
  };
  return { level, verifyEvent, streams: () => revisions.size };
}

/**
 * Reads the events once, from the first to the last, and does with each what needs doing: hashes it, holds it against those
 * before it and folds it.
 * @param {string} directory
 * @param {Set<string>} names
 * @param {{ size: number | null, rootsAt: Set<number>, indexes: Set<number> }} wanted `size`: of the tree that is proven; `rootsAt`: sizes at which the root is asked for; `indexes`: of the leaves that are asked for
 */
function readEvents(directory, names, { size, rootsAt, indexes }) {
  const included = newLevel(3, 'included');
  const replayed = newLevel(6, 'replayed');
  const history = newHistory();
  const { level: complete, verifyEvent, streams } = newEventVerifier(history);
  const tree = newTree();
  /** @type {Map<number, Buffer>} */
  const roots = new Map();
  /** @type {Map<number, { hash: Buffer, event: string | null }>} */
  const leaves = new Map();
  const kept = openLeaves(directory, names, included);
  /** The first event that is not the one of the kept leaf. @type {Place | null} */
  let firstDiffering = null;
  /** @type {string | null} */
  let unreadable = null;

  const keepRoot = () => {
    if (rootsAt.has(tree.size())) roots.set(tree.size(), tree.root());
  };
  /** @param {{ bytes: Buffer, ended: boolean }} line @param {number} position */
  const read = ({ bytes, ended }, position) => {
    /** @type {LogEvent | null} */
    let event = null;
    included.hold({ position }, () => {
      if (!ended) throw new Unsound('is cut off: its line has no end');
      const value = parseCanonical(bytes);
      complete.hold({ position }, () => {
        event = asEvent(value);
      });
    });
    return /** @type {LogEvent | null} */ (event);
  };

  keepRoot();
  try {
    withFile(join(directory, 'events.ndjson'), (handle) => {
      for (const line of linesOf(handle)) {
        const position = tree.size() + 1;
        const hash = hashLeaf(line.bytes);
        const event = read(line, position);
        const place = event ? { position, event: event.id } : { position };
        tree.add(hash);
        keepRoot();
        if (indexes.has(position - 1)) leaves.set(position - 1, { hash, event: event?.id ?? null });
        if (kept.next()?.equals(hash) !== true) firstDiffering ??= place;
        if (size !== null && position === size + 1)
          included.fault(place, `stands beyond the ${size} events that the checkpoint covers`);
        if (event) {
          verifyEvent(event, position);
          replayed.hold(place, () => history.apply(event, position));
        } else {
          unreadable ??= `Position ${position} cannot be read.`;
        }
      }
    });
  } catch (error) {
    if (!(error instanceof Unsound) && codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ELOOP') throw error;
    included.fault(
      { file: 'events.ndjson' },
      error instanceof Unsound ? error.message : 'is missing, or a link to somewhere else',
    );
    unreadable ??= 'The events cannot be read.';
  } finally {
    kept.close();
  }
  return {
    included,
    replayed,
    complete: complete.report(
      `Positions 1 to ${tree.size()} without a gap, ${counted(streams(), 'stream')} without one; no time runs back; what is corrected or withdrawn stood there.`,
    ),
    history,
    size: tree.size(),
    roots,
    leaves,
    unreadable,
    firstDiffering: /** @type {Place | null} */ (firstDiffering),
    keptRoot: kept.root(),
  };
}
/** @typedef {ReturnType<typeof readEvents>} Reading */

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * The hashes that the pack keeps of its events. They prove nothing by themselves; but where they lead to the root that was
 * signed, they tell which event is another one.
 * @param {string} directory
 * @param {Set<string>} names
 * @param {Level} level
 */
function openLeaves(directory, names, level) {
  const tree = newTree();
  const handle = names.has('leaves')
    ? openSync(join(directory, 'leaves'), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    : null;
  const lines = handle === null ? null : linesOf(handle);
  let sound = true;
  /** @returns {Buffer | null} */
  const next = () => {
    if (!sound || !lines) return null;
    /** @type {Buffer | null} */
    let hash = null;
    level.hold({ file: 'leaves' }, () => {
      sound = false;
      const line = lines.next();
      if (line.done) return;
      const digits = line.value.bytes.toString('latin1');
      if (!/^[0-9a-f]{64}$/.test(digits) || !line.value.ended) {
        throw new Unsound(`has no hash in line ${tree.size() + 1}: 64 hexadecimal digits and the end of the line`);
      }
      sound = true;
      hash = Buffer.from(digits, 'hex');
      tree.add(hash);
    });
    return hash;
  };
  return {
    next,
    /** What all of them lead to, also those of events that are missing. */
    root() {
      return tree.root();
    },
    close() {
      while (next() !== null);
      if (handle !== null) closeSync(handle);
    },
  };
}

/** @typedef {{ file: string, proof: InclusionProof }} ProofFile */

/**
 * The proofs that the pack has beside its events, each for one event.
 * @param {string} directory
 * @param {Set<string>} names
 */
function readProofs(directory, names) {
  /** @type {ProofFile[]} */
  const proofs = [];
  /** @type {Fault[]} */
  const faults = [];
  for (const file of names) {
    if (!file.startsWith('proofs/')) continue;
    try {
      proofs.push({ file, proof: parseInclusionProof(readText(join(directory, file))) });
    } catch (error) {
      if (!(error instanceof Unsound)) throw error;
      faults.push({ file, message: error.message });
    }
  }
  return { proofs, faults };
}

/**
 * Level 3: every event is in the tree that was signed, and nothing else is.
 * @param {Reading} reading
 * @param {Checkpoint | null} checkpoint
 * @param {ReturnType<typeof readProofs>} proofs
 */
function checkInclusion(reading, checkpoint, { proofs, faults }) {
  const { included: level, size, roots, firstDiffering, keptRoot } = reading;
  if (!checkpoint) {
    level.fault({ file: 'checkpoint' }, 'cannot be read, so there is nothing to hold the events against');
    return level.report('');
  }
  const { treeSize, rootHash } = checkpoint;
  const root = roots.get(treeSize);
  const isKept = keptRoot.equals(rootHash);
  if (size < treeSize) {
    level.fault(
      { position: size + 1 },
      `is missing, and all after it up to ${treeSize}: the pack was cut off after ${counted(size, 'event')}`,
    );
  } else if (!root?.equals(rootHash) && !isKept) {
    level.fault(
      { file: 'events.ndjson' },
      `does not lead to the root that was signed: ${root?.toString('base64')} instead of ${rootHash.toString('base64')}. ` +
        'The hashes in leaves do not lead there either, so they cannot tell which event is another one',
    );
  }
  if (firstDiffering && isKept && firstDiffering.position !== undefined && firstDiffering.position <= treeSize) {
    level.firstFault(firstDiffering, 'is not the event that was signed: its hash is another one');
  } else if (firstDiffering && root?.equals(rootHash)) {
    level.fault({ file: 'leaves', ...firstDiffering }, 'does not hold the hash of this event');
  }
  if (root?.equals(rootHash) && !firstDiffering && !isKept)
    level.fault({ file: 'leaves' }, 'holds hashes of more events than there are');
  for (const { message, ...place } of faults) level.fault(place, message);
  for (const { file, proof } of proofs) level.hold({ file }, () => verifyProof(file, proof, reading, checkpoint));
  return level.report(
    `${counted(treeSize, 'event')}, each in its canonical form, lead to the root that was signed; so ${proofs.length === 1 ? 'does 1 proof' : `do ${proofs.length} proofs`} of single events.`,
  );
}

/** @param {string} file @param {InclusionProof} proof @param {Reading} reading @param {Checkpoint} checkpoint */
function verifyProof(file, { index, path, checkpoint: note }, { leaves }, checkpoint) {
  if (note !== checkpoint.note) throw new Unsound('stands on another checkpoint than that of the pack');
  const leaf = leaves.get(index);
  if (!leaf) throw new Unsound(`is of position ${index + 1}, which is not in the pack`);
  if (leaf.event !== null && file !== `proofs/${leaf.event}.tlog-proof`) {
    throw new Unsound(`is of position ${index + 1}, where event ${leaf.event} stands`);
  }
  const root = rootOfInclusion({ index, size: checkpoint.treeSize, leafHash: leaf.hash, path });
  if (!root.equals(checkpoint.rootHash))
    throw new Unsound(`does not lead from the event at position ${index + 1} to the root that was signed`);
}

/**
 * The checkpoints of before: those that the pack keeps, and the one that was given.
 * @param {string} directory
 * @param {Set<string>} names
 * @param {Level} level
 */
function readEarlier(directory, names, level) {
  /** @type {{ file: string, checkpoint: Checkpoint }[]} */
  const earlier = [];
  for (const file of names) {
    if (!file.startsWith('checkpoints/')) continue;
    level.hold({ file }, () => {
      const checkpoint = parseCheckpoint(readText(join(directory, file)));
      if (file !== `checkpoints/${checkpoint.treeSize}`)
        throw new Unsound(`is a checkpoint over ${counted(checkpoint.treeSize, 'event')}`);
      earlier.push({ file, checkpoint });
    });
  }
  return earlier.sort((a, b) => a.checkpoint.treeSize - b.checkpoint.treeSize);
}

/**
 * Level 4: the log only grew.
 * @param {object} given
 * @param {string} given.directory
 * @param {Set<string>} given.names
 * @param {Manifest | null} given.manifest
 * @param {Level} given.level
 * @param {ReturnType<typeof readEarlier>} given.earlier
 * @param {{ file: string, checkpoint: Checkpoint } | null} given.since
 * @param {Checkpoint | null} given.checkpoint
 * @param {readonly VerifierKey[]} given.keys
 * @param {Map<number, Buffer>} given.roots
 */
function checkConsistency({ directory, names, manifest, level, earlier, since, checkpoint, keys, roots }) {
  if (!checkpoint) {
    level.skip('The checkpoint of the pack cannot be read.');
    return level.report('');
  }
  let signed = 0;
  /** @param {{ file: string, checkpoint: Checkpoint }} one */
  const hold = ({ file, checkpoint: before }) =>
    level.hold({ file }, () => {
      if (before.origin !== checkpoint.origin) throw new Unsound(`is of another log: ${shown(before.origin)}`);
      if (before.treeSize > checkpoint.treeSize) {
        throw new Unsound(
          `covers ${counted(before.treeSize, 'event')}, and the pack ends at ${checkpoint.treeSize}: ask for one that reaches as far`,
        );
      }
      const signers = signersOf(before, keys);
      if (signers.length > 0 && file !== since?.file) signed += 1;
      if (keys.length > 0 && signers.length === 0 && file === since?.file) {
        throw new Unsound(`is signed by ${allSigners(before)}, and that key was not given; give it too`);
      }
      const root = roots.get(before.treeSize);
      if (!root) throw new Unsound(`covers ${counted(before.treeSize, 'event')}, and the pack has fewer`);
      if (!root.equals(before.rootHash)) {
        throw new Unsound(
          `had another history: the first ${counted(before.treeSize, 'event')} of this log are not those that it was signed over`,
        );
      }
    });
  for (const one of earlier) hold(one);
  if (since) hold(since);
  for (const { file, checkpoint: before } of earlier) {
    const path = `consistency/${before.treeSize}-${checkpoint.treeSize}`;
    level.hold({ file: path }, () => {
      if (!names.has(path))
        throw new Unsound(`is missing: the proof that leads from ${file} to the checkpoint of the pack`);
      const proof = parseConsistencyProof(readText(join(directory, path)));
      if (proof.first !== before.treeSize || proof.second !== checkpoint.treeSize)
        throw new Unsound('is a proof for other sizes');
      const { firstRoot, secondRoot } = rootsOfConsistency({ ...proof, firstRoot: before.rootHash });
      const leads = firstRoot.equals(before.rootHash) && (secondRoot?.equals(checkpoint.rootHash) ?? true);
      if (!leads) throw new Unsound('does not lead from the one checkpoint to the other');
    });
  }
  for (const name of names) {
    const first = /^consistency\/(\d+)-/.exec(name)?.[1];
    const isKnown = earlier.some(
      ({ checkpoint: before }) => name === `consistency/${before.treeSize}-${checkpoint.treeSize}`,
    );
    if (first !== undefined && !isKnown) level.fault({ file: name }, 'leads from or to no checkpoint of the pack');
  }
  if (manifest) {
    const written = earlier.map(
      ({ checkpoint: { treeSize, rootHash } }) => `${treeSize} ${rootHash.toString('base64')}`,
    );
    const listed = manifest.checkpoints.map(({ treeSize, rootHash }) => `${treeSize} ${rootHash}`);
    if (written.join('\n') !== listed.join('\n'))
      level.fault({ file: MANIFEST }, 'lists other checkpoints than there are');
  }
  if (earlier.length === 0 && !since) {
    level.skip('The pack keeps no earlier checkpoint, and none was given by --since.');
  }
  const bySigners = keys.length === 0 ? '' : ` (${signed} of them signed by a key that was given)`;
  const kept =
    earlier.length === 0 ? [] : [`since ${counted(earlier.length, 'earlier checkpoint')} in the pack${bySigners}`];
  const given = since
    ? [`since the checkpoint that was given, over ${counted(since.checkpoint.treeSize, 'event')}`]
    : [];
  return level.report(`The log only grew ${[...given, ...kept].join(', and ')}.`);
}

/**
 * Level 6: the history gives the figures. Every cell that a publication kept, and every table of the pack, follows from the
 * events that were known at that moment.
 * @param {string} directory
 * @param {Set<string>} names
 * @param {Manifest | null} manifest
 * @param {Reading} reading
 */
function checkReplay(directory, names, manifest, reading) {
  const { replayed: level, history, unreadable, size } = reading;
  if (unreadable !== null) {
    level.skip(`${unreadable} What is not whole cannot be replayed.`);
    return level.report('');
  }
  /** The first publication of each. @type {Map<string, Publication>} */
  const first = new Map();
  let cells = 0;
  for (const publication of history.publications) {
    if (!first.has(publication.period)) first.set(publication.period, publication);
    cells += publication.cells.length;
    replayPublication(publication, history, level);
  }
  const tally = { agree: 0, differ: 0, notComputable: 0 };
  /** @type {Map<string, string>} */
  const tables = new Map();
  const scope = manifest?.period ?? null;
  for (const publication of first.values()) {
    if (scope !== null && scope !== publication.period) continue;
    tables.set(
      `tables/period-${publication.period}.csv`,
      periodTable(publication, newCounter(history, publication.position, null)),
    );
  }
  for (const report of history.reports) {
    if (scope !== null && scope !== report.period) continue;
    // Before its period is published, and where it has none, nothing pins the figures of a report.
    const position = first.get(report.period ?? '')?.position ?? size;
    const counter = newCounter(history, position, report.period);
    for (const table of report.tables) {
      const { csv, tally: found } = reportTable(report, table, position, counter);
      for (const name of /** @type {const} */ (['agree', 'differ', 'notComputable'])) tally[name] += found[name];
      tables.set(`tables/report-${report.key}-table-${table.number}.csv`, csv);
    }
  }
  if (manifest) {
    comparePeriods(manifest, first, level);
    for (const [name, expected] of tables)
      level.hold({ file: name }, () => compareTable(directory, names, name, expected));
    for (const name of names) {
      if (name.startsWith('tables/') && !tables.has(name))
        level.fault({ file: name }, 'is a table that does not belong in this pack');
    }
  }
  const printed = tally.agree + tally.differ + tally.notComputable;
  const figures =
    printed === 0
      ? ''
      : ` Of ${counted(printed, 'printed figure')} ${tally.agree} are those of the history, ${tally.differ} differ from it as their tables say, and ${tally.notComputable} cannot be computed.`;
  return level.report(
    `${counted(cells, 'cell')} of ${counted(history.publications.length, 'publication')} and ${counted(tables.size, 'table')} follow from the events, each as known at its moment.${figures}`,
  );
}

/** @param {Publication} publication @param {History} history @param {Level} level */
function replayPublication({ period, referenceDate, cells, position, event }, history, level) {
  const place = { position, event };
  const defined = history.periods.get(period)?.referenceDate;
  if (defined !== referenceDate) {
    level.fault(
      place,
      `publishes period ${shown(period)} as of ${referenceDate}, and its reference date is ${defined ?? 'nowhere defined'}`,
    );
    return;
  }
  const counter = newCounter(history, position, null);
  for (const { cell, count: kept } of cells) {
    const counted = membersOf(cell, counter)?.size ?? null;
    if (counted === kept) continue;
    const found = counted === null ? 'from which it cannot be counted' : `which gives ${counted}`;
    level.fault({ ...place, cell }, `was published as ${kept}, and does not follow from the history, ${found}`);
  }
}

/** @param {Manifest} manifest @param {Map<string, Publication>} first @param {Level} level */
function comparePeriods(manifest, first, level) {
  const wanted = [...first.values()].filter(({ period }) => manifest.period === null || manifest.period === period);
  const expected = wanted.map(({ period, referenceDate, event, position, recordedAt }) => ({
    key: period,
    referenceDate,
    publication: { event, position, recordedAt },
    moment: { asOf: referenceDate, position },
  }));
  if (manifest.period !== null && expected.length === 0) {
    level.fault({ file: MANIFEST }, `is of period ${shown(manifest.period)}, which was not published by then`);
  }
  if (canonicalJson(expected) !== canonicalJson(manifest.periods)) {
    level.fault({ file: MANIFEST }, 'says other things of the periods and their publications than the events do');
  }
}

/** @param {string} directory @param {Set<string>} names @param {string} name @param {string} expected */
function compareTable(directory, names, name, expected) {
  if (!names.has(name)) throw new Unsound('is missing');
  const content = readText(join(directory, name));
  if (content === expected) return;
  const [found, right] = [content.split('\r\n'), expected.split('\r\n')];
  let line = 0;
  while (found[line] === right[line]) line += 1;
  throw new Unsound(
    `has in line ${line + 1} ${shown(found[line])}, where ${shown(right[line])} follows from the history`,
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// All of it
// ---------------------------------------------------------------------------------------------------------------------

/**
 * @param {string} directory
 * @param {{ keys?: readonly VerifierKey[], since?: { file: string, checkpoint: Checkpoint } | null }} [given]
 * @returns {Report}
 */
export function verifyPack(directory, { keys = [], since = null } = {}) {
  const files = checkFiles(directory);
  const { manifest, names } = files;
  const { checkpoint, report: signature } = checkSignature(directory, names, manifest, keys);
  const grown = newLevel(4, 'grown');
  const earlier = readEarlier(directory, names, grown);
  const proofs = readProofs(directory, names);
  const sizes = [checkpoint, since?.checkpoint, ...earlier.map((each) => each.checkpoint)].flatMap(
    (each) => each?.treeSize ?? [],
  );
  const reading = readEvents(directory, names, {
    size: checkpoint?.treeSize ?? null,
    rootsAt: new Set(sizes),
    indexes: new Set(proofs.proofs.map(({ proof }) => proof.index)),
  });
  const levels = [
    files.report,
    signature,
    checkInclusion(reading, checkpoint, proofs),
    checkConsistency({
      directory,
      names,
      manifest,
      level: grown,
      earlier,
      since,
      checkpoint,
      keys,
      roots: reading.roots,
    }),
    reading.complete,
    checkReplay(directory, names, manifest, reading),
  ];
  return reportOf(levels, checkpoint, keys.length > 0);
}

/** @param {LevelReport[]} levels @param {Checkpoint | null} checkpoint @param {boolean} withKey @returns {Report} */
function reportOf(levels, checkpoint, withKey) {
  const failed = levels.filter(({ status }) => status === 'FAIL').map(({ name }) => name);
  /** @type {Verdict} */
  const verdict = failed.length > 0 ? 'FAILED' : withKey ? 'PROVEN' : 'CONSISTENT WITH ITSELF';
  const messages = {
    FAILED: `This pack does not prove what it says: ${failed.join(', ')}.`,
    PROVEN: 'The keeper of the key signed this history, and the figures follow from it.',
    'CONSISTENT WITH ITSELF':
      'Nothing in it contradicts the rest. But no key was given, so anybody could have made it: give the key of the log by --key.',
  };
  return {
    format: 'peildatum-verdict@v1',
    verdict,
    exitCode: exitCodes[verdict],
    message: messages[verdict],
    checkpoint: checkpoint && {
      origin: checkpoint.origin,
      treeSize: checkpoint.treeSize,
      rootHash: checkpoint.rootHash.toString('base64'),
    },
    levels,
    notes: [],
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// The command line
// ---------------------------------------------------------------------------------------------------------------------

/** @param {Report} report */
function formatReport({ verdict, message, checkpoint, levels, notes }) {
  const lines = levels.flatMap(({ level, name, status, message, faults, faultCount }) => [
    `${level} ${name.padEnd(9)} ${status.padEnd(11)} ${message}`,
    ...faults.map((fault) => `    ${formatPlace(fault)}${fault.message}`),
    ...(faultCount > faults.length ? [`    … and ${faultCount - faults.length} more`] : []),
  ]);
  const log = checkpoint
    ? [`Log ${shown(checkpoint.origin)}, ${counted(checkpoint.treeSize, 'event')}, root ${checkpoint.rootHash}`]
    : [];
  return `${[...log, ...lines, ...notes.map((note) => `Note: ${note}`), `${verdict}: ${message}`].join('\n')}\n`;
}

/** @param {Place} place */
function formatPlace({ position, event, file, cell }) {
  const parts = [
    ...(file === undefined ? [] : [file]),
    ...(position === undefined ? [] : [`position ${position}${event === undefined ? '' : ` (event ${event})`}`]),
    ...(cell === undefined ? [] : [shown(cell)]),
  ];
  return parts.length === 0 ? '' : `${parts.map((part) => part.replace(/[^\x20-\x7e]/g, '?')).join(', ')}: `;
}

/** @param {string} path @param {string} directory */
function refuseFileOfPack(path, directory) {
  if (realpathSync(path).startsWith(`${directory}${sep}`)) {
    throw new NotVerified(`${shown(path)} is in the pack. What a pack is held against has to come from elsewhere.`);
  }
}

/** @param {string} given @param {string} directory @returns {VerifierKey[]} */
function readKeys(given, directory) {
  if (given.includes('+') && lstatSync(given, { throwIfNoEntry: false }) === undefined)
    return [parseVerifierKey(given)];
  const content = readOutsideFile(given, directory);
  const lines = content.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new NotVerified(`${shown(given)} holds no key.`);
  return lines.map(parseVerifierKey);
}

/** @param {string} path @param {string} directory */
function readOutsideFile(path, directory) {
  try {
    refuseFileOfPack(path, directory);
    return utf8.decode(readBeginning(path));
  } catch (error) {
    if (error instanceof NotVerified) throw error;
    throw new NotVerified(
      `${shown(path)} cannot be read${codeOf(error) === 'ENOENT' ? ': there is no such file' : ''}.`,
    );
  }
}

/**
 * All of what somebody gives, which may be a pipe or a device without an end.
 * @param {string} path
 */
function readBeginning(path) {
  const handle = openSync(path, 'r');
  try {
    /** @type {Buffer[]} */
    const parts = [];
    let length = 0;
    for (const chunk of chunksOf(handle)) {
      parts.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > CHUNK_BYTES) throw new NotVerified(`${shown(path)} is too large.`);
    }
    return Buffer.concat(parts);
  } finally {
    closeSync(handle);
  }
}

/** @param {string} path @param {string} directory */
function readSince(path, directory) {
  try {
    return { file: path, checkpoint: parseCheckpoint(readOutsideFile(path, directory)) };
  } catch (error) {
    if (error instanceof Unsound) throw new NotVerified(`${shown(path)} is no checkpoint: it ${error.message}.`);
    throw error;
  }
}

/** @param {string} given */
function packDirectory(given) {
  try {
    const directory = realpathSync(resolve(given));
    if (!lstatSync(join(directory, MANIFEST)).isFile())
      throw new NotVerified(`${shown(given)} is no pack: its ${MANIFEST} is no plain file.`);
    return directory;
  } catch (error) {
    if (error instanceof NotVerified) throw error;
    const why =
      codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? `no directory with a ${MANIFEST}` : 'not readable';
    throw new NotVerified(`${shown(given)} is no pack: it is ${why}.`);
  }
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true, default: [] },
        since: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, positionals };
  } catch (error) {
    throw new NotVerified(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** @param {string} copy @param {string} self */
function hasOtherContent(copy, self) {
  try {
    return digestOf(copy).sha256 !== digestOf(self).sha256;
  } catch {
    // What is wrong with the files of the pack was told.
    return false;
  }
}

/** @param {string[]} args @param {string} self the path of this file @returns {{ output: string, exitCode: number }} */
function run(args, self) {
  const { positionals, key, since, json, help } = readArguments(args);
  if (help) return { output: usage, exitCode: 0 };
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new NotVerified(`Name one directory.\n\n${usage}`);
  const directory = packDirectory(given);
  const report = verifyPack(directory, {
    keys: key.flatMap((each) => readKeys(each, directory)),
    since: since === undefined ? null : readSince(since, directory),
  });
  if (self.startsWith(`${directory}${sep}`)) {
    report.notes.push(
      'this verifier came with the pack. Whoever can change the one can change the other: take it from elsewhere.',
    );
  } else if (hasOtherContent(join(directory, VERIFIER), self)) {
    report.notes.push(
      'the verifier in the pack is another one than this, of another release or not ours. It was not run.',
    );
  }
  return { output: json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report), exitCode: report.exitCode };
}

function main() {
  const args = process.argv.slice(2);
  try {
    const { output, exitCode } = run(args, realpathSync(fileURLToPath(import.meta.url)));
    process.stdout.write(output);
    process.exitCode = exitCode;
  } catch (error) {
    // Whatever a pack holds, nobody is to be answered with the inside of this program.
    const message = error instanceof Error ? error.message : String(error);
    const exitCode = exitCodes['NOT VERIFIED'];
    if (args.includes('--json')) {
      process.stdout.write(
        `${JSON.stringify({ format: 'peildatum-verdict@v1', verdict: 'NOT VERIFIED', exitCode, message }, null, 2)}\n`,
      );
    } else {
      process.stderr.write(`${message}\n`);
    }
    process.exitCode = exitCode;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url)))
  main();
