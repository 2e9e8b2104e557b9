import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Type, type Static } from 'typebox';
import { MANIFEST } from '../files/sealed-directory.js';
import { BackupRefusedError } from './backup-refused-error.js';

/** The files that a backup can hold. A name from a manifest becomes a path only when it is one of these. */
export const partNames = [
  'events.db',
  'vault.db',
  'keys/jwks.json',
  'keys/signing.json',
  'keys/checkpoint.vkey',
  'keys/checkpoint.key',
] as const;
export type PartName = (typeof partNames)[number];

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Instant = Type.String({ pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$` });

const Manifest = Type.Object(
  {
    format: Type.Literal('peildatum-backup'),
    formatVersion: Type.Literal(1),
    /** The release that made the backup. */
    program: Type.String({ minLength: 1 }),
    madeAt: Instant,
    /** The copied log, as it was verified. */
    log: Type.Object(
      {
        position: Count,
        recordedAt: Type.Union([Instant, Type.Null()]),
        lastLeafHash: Type.Union([Digest, Type.Null()]),
      },
      closed,
    ),
    files: Type.Array(Type.Object({ name: Type.Enum([...partNames]), bytes: Count, sha256: Digest }, closed)),
  },
  closed,
);
export type Manifest = Static<typeof Manifest>;
export type PartEntry = Manifest['files'][number];

const isManifest = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile<Manifest>(Manifest);

/** @throws {BackupRefusedError} when the directory holds no backup, or a backup in a format that this release does not know */
export function readManifest(directory: string): Manifest {
  const manifest = parse(directory, read(directory));
  if (!isManifest(manifest)) {
    const [problem] = isManifest.errors ?? [];
    const where = problem?.instancePath.replaceAll('/', '.').slice(1);
    throw new BackupRefusedError(directory, [
      `${MANIFEST} is not that of a backup that this release knows: ${where || 'it'} ${problem?.message ?? ''}`.trim(),
    ]);
  }
  const names = manifest.files.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new BackupRefusedError(directory, [`${MANIFEST} names a file twice`]);
  if (!names.includes('events.db')) throw new BackupRefusedError(directory, [`${MANIFEST} names no log`]);
  return manifest;
}

function read(directory: string): string {
  try {
    return readFileSync(`${directory}/${MANIFEST}`, 'utf8');
  } catch (error) {
    throw new BackupRefusedError(
      directory,
      [`it has no ${MANIFEST} that can be read, so it is no backup, or one that was never finished`],
      { cause: error },
    );
  }
}

function parse(directory: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BackupRefusedError(directory, [`${MANIFEST} is no JSON: it was cut off or changed`], { cause: error });
  }
}
