import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseActor } from '../../src/authority/erase-actor.js';
import { repeatErasures } from '../../src/authority/repeat-erasures.js';
import { execute } from '../../src/commands/execution/execute.js';
import type { Outcome } from '../../src/commands/execution/execute.js';
import type { Request } from '../../src/commands/execution/request.js';
import { newKeyedMutex } from '../../src/concurrency/keyed-mutex.js';
import { newEventId } from '../../src/event-store/event-id.js';
import { openTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const ISSUER = 'https://id.example.org';
const carryOut = (request: Request): Promise<Outcome> =>
  execute(request, {
    log: api.log,
    mutexes: newKeyedMutex(),
    newId: newEventId,
    newCorrelationId: newEventId,
    countCells: () => Promise.reject(new Error('Nothing is counted here.')),
  });
const erasing = (actor: string, more: Partial<Omit<Request, 'command'>> = {}) => ({
  command: { kind: 'ERASE_ACTOR' as const, actor, reason: 'They asked for it.', evidence: [] },
  actor: 'administrator',
  idempotencyKey: null,
  expectedRevision: null,
  validateOnly: false,
  ...more,
});
const newcomer = (subject: string): Promise<string> =>
  api.vault.findOrAddActor(ISSUER, subject, { name: `Name of ${subject}`, email: null });
const recorded = async (actor: string): Promise<number> =>
  (await api.log.readStream(`actor-${actor}`, -1, 10)).filter(({ type }) => type === 'ActorErased').length;

describe('erasing an actor', () => {
  it('empties the vault and records that', async () => {
    const actor = await newcomer('a');
    const outcome = await eraseActor(erasing(actor), api.vault, carryOut);
    expect(outcome).toMatchObject({ kind: 'RECORDED', events: [{ type: 'ActorErased', data: { actor } }] });
    expect(await api.vault.statusOf(actor)).toBe('ERASED');
  });

  it('is completed by asking again when it was interrupted in between', async () => {
    const actor = await newcomer('b');
    const interrupted = (request: Request) =>
      request.validateOnly ? carryOut(request) : Promise.reject(new Error('power cut'));
    await expect(eraseActor(erasing(actor), api.vault, interrupted)).rejects.toThrow('power cut');
    expect([await api.vault.statusOf(actor), await recorded(actor)]).toEqual(['ERASED', 0]);
    expect(await eraseActor(erasing(actor), api.vault, carryOut)).toMatchObject({ kind: 'RECORDED' });
    expect(await recorded(actor)).toBe(1);
  });

  it('gives the first answer to the same request under the same key', async () => {
    const actor = await newcomer('c');
    const request = erasing(actor, { idempotencyKey: 'erase-c' });
    const first = await eraseActor(request, api.vault, carryOut);
    expect(await eraseActor(request, api.vault, carryOut)).toEqual(first);
    expect(await recorded(actor)).toBe(1);
  });

  it.each([
    ['only asks whether it could', { validateOnly: true }, 'VALID'],
    ['takes the stream to be further than it is', { expectedRevision: 7 }, 'REVISION_CONFLICT'],
    ['uses a key that stands for another request', { idempotencyKey: 'erase-c' }, 'KEY_CONFLICT'],
  ])('empties nothing when the request %s', async (_name, more, kind) => {
    const actor = await newcomer('d');
    expect(await eraseActor(erasing(actor, more), api.vault, carryOut)).toMatchObject({ kind });
    expect([await api.vault.statusOf(actor), await recorded(actor)]).toEqual(['KNOWN', 0]);
  });

  it('knows when there is nobody to erase', async () => {
    expect(await eraseActor(erasing('nobody'), api.vault, carryOut)).toEqual({ kind: 'UNKNOWN_ACTOR' });
    expect(await recorded('nobody')).toBe(0);
  });

  it('is done again to a vault that is older than the log', async () => {
    const erased = await newcomer('e');
    await eraseActor(erasing(erased), api.vault, carryOut);
    const other = await openTestApi();
    await other.vault.saveActor(erased, { name: 'Name of e', email: null });
    expect(await repeatErasures(api.log, other.vault)).toBe(1);
    expect(await repeatErasures(api.log, other.vault)).toBe(0);
    expect(await other.vault.statusOf(erased)).toBe('ERASED');
    expect(await other.vault.saveActor(erased, { name: 'Name of e', email: null })).toBe(false);
    await other.close();
  });
});
