import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { HistoricEvent } from '../../src/event-store/port.js';
import { writeCloudEvent } from '../../src/log-format/write-cloud-event.js';

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function written(folder: string, content: string | Buffer, name = 'history.ndjson'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

let made = 0;

/** A UUIDv7 that no other event of the tests has. */
export const newId = (): string => `0190a000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`;

export const event = (
  stream: string,
  type: string,
  data: HistoricEvent['data'],
  more: Partial<HistoricEvent> = {},
): HistoricEvent => ({
  id: newId(),
  stream,
  type,
  schemaVersion: 1,
  recordedAt: '2020-01-01T12:00:00.000Z',
  recordedAtStated: true,
  appendedAt: null,
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  idempotencyKey: null,
  requestDigest: null,
  position: null,
  revision: null,
  data,
  ...more,
});

export const registered = (key: string, more: Partial<HistoricEvent> = {}): HistoricEvent =>
  event(`region-${key}`, 'RegionRegistered', { key, registeredOn: '2018-01-01', reason: null, evidence: [] }, more);

export const named = (key: string, name: string, more: Partial<HistoricEvent> = {}): HistoricEvent =>
  event(`region-${key}`, 'RegionNamed', { name, effectiveOn: '2018-01-01', reason: null, evidence: [] }, more);

/** The lines of a file that holds these events. */
export const lines = (...events: readonly HistoricEvent[]): string =>
  events.map((each) => `${writeCloudEvent(each)}\n`).join('');
