import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { begin, type Operation, type OperationOptions } from '../support/live-client.js';
import { openLiveServer, type LiveServer } from '../support/live-server.js';
import { corrected, named, region, retired, scale, stated, withdrawn } from './live-history.js';

let server: LiveServer;
let operations: Operation<unknown>[] = [];

beforeEach(async () => {
  server = await openLiveServer();
  await server.api.append([scale('dynamics'), scale('agreements'), region('zeeland'), region('utrecht')]);
});
afterEach(async () => {
  for (const operation of operations) await operation.complete();
  operations = [];
  await server.close();
});

const subscribe = <T>(query: string, options?: OperationOptions): Operation<T> => {
  const operation = begin<T>(server.socketUrl, query, options);
  operations.push(operation);
  return operation;
};

interface EventMessage {
  readonly eventAppended: {
    readonly position: string;
    readonly type: string;
    readonly subject: { key: string } | null;
  };
}

interface Change {
  readonly direction: string;
  readonly from: { readonly key: string } | null;
  readonly to: { readonly key: string } | null;
  readonly effectiveOn: string;
  readonly supersededBy: { readonly position: string } | null;
}

interface StatusMessage {
  readonly statusChanged: {
    readonly position: string;
    readonly event: { readonly type: string };
    readonly subject: { readonly key: string; readonly moment: { readonly asOf: string; readonly position: string } };
    readonly scale: { readonly key: string };
    readonly ended: readonly Change[];
    readonly begun: readonly Change[];
  };
}

const CHANGE = '{ direction from { key } to { key } effectiveOn supersededBy { position } }';
const STATUS = `{ position event { type } subject { key moment { asOf position } } scale { key }
  ended ${CHANGE} begun ${CHANGE} }`;

const events = (args = 'afterPosition: "0"') =>
  subscribe<EventMessage>(`subscription { eventAppended${args && `(${args})`} { position type subject { key } } }`);
const changes = (args = 'afterPosition: "0"') =>
  subscribe<StatusMessage>(`subscription { statusChanged${args && `(${args})`} ${STATUS} }`);

const positionsOf = (messages: readonly EventMessage[]) => messages.map((message) => message.eventAppended.position);
const newsOf = (messages: readonly StatusMessage[]) =>
  messages.map(({ statusChanged: { position, scale, ended, begun } }) => ({
    at: `${position} ${scale.key}`,
    ended: ended.map(({ from, to }) => `${from?.key ?? ''}>${to?.key ?? ''}`),
    begun: begun.map(({ from, to }) => `${from?.key ?? ''}>${to?.key ?? ''}`),
  }));

describe('eventAppended', () => {
  it('gives what is there after a position and then what comes, in order', async () => {
    const operation = events('afterPosition: "2"');
    expect(positionsOf(await operation.take(2))).toEqual(['3', '4']);
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    await server.api.append([stated('zeeland', 'dynamics', '2', '2020-03-01'), region('limburg')]);
    expect(await operation.take(3)).toEqual([
      { eventAppended: { position: '5', type: 'StatusStated', subject: { key: 'zeeland' } } },
      { eventAppended: { position: '6', type: 'StatusStated', subject: { key: 'zeeland' } } },
      { eventAppended: { position: '7', type: 'RegionRegistered', subject: { key: 'limburg' } } },
    ]);
  });

  it('begins without a position with what comes', async () => {
    const operation = events('');
    const first = operation.next();
    // Until the subscription stands, nobody knows where it begins: append until something arrives.
    const appended: number[] = [];
    let arrived = false;
    void first.then(() => (arrived = true));
    while (!arrived) {
      const [event] = await server.api.append([named('zeeland', `Zeeland ${appended.length}`)]);
      appended.push(event?.position ?? 0);
    }
    const begun = Number((await first).data?.eventAppended.position);
    expect(begun).toBeGreaterThan(4);
    expect(appended).toContain(begun);
    const rest = appended.filter((position) => position > begun);
    expect(positionsOf(await operation.take(rest.length))).toEqual(rest.map(String));
  });

  it('gives only what passes the filter, however long nothing does', async () => {
    const manyNames = Array.from({ length: 2_500 }, (_, index) => named('utrecht', `Utrecht ${index}`));
    await server.api.append(manyNames);
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    const operation = events('afterPosition: "0", filter: {types: ["StatusStated", "StatusCorrected"]}');
    expect(positionsOf(await operation.take(1))).toEqual(['2505']);
    const [, other] = await server.api.append([
      named('zeeland', 'Zeeland'),
      stated('utrecht', 'dynamics', '1', '2019-03-01'),
    ]);
    expect(positionsOf(await operation.take(1))).toEqual([String(other?.position)]);
    const one = events('afterPosition: "0", filter: {streams: ["region-utrecht"], afterPosition: "2000"}');
    expect(positionsOf(await one.take(2))).toEqual(['2001', '2002']);
  });

  it('shows each subject as it was known right after the event', async () => {
    await server.api.append([named('zeeland', 'Zeeland')]);
    await server.api.append([named('zeeland', 'Zeeuwenland', '2019-01-01')]);
    const query =
      'subscription { eventAppended(afterPosition: "4") { subject { name revision moment { position } } } }';
    expect(await subscribe(query).take(2)).toEqual([
      { eventAppended: { subject: { name: 'Zeeland', revision: 1, moment: { position: '5' } } } },
      { eventAppended: { subject: { name: 'Zeeuwenland', revision: 2, moment: { position: '6' } } } },
    ]);
  });
});

describe('statusChanged', () => {
  it('tells what begins with each statement, at the moment of its event', async () => {
    const operation = changes('afterPosition: "4"');
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    const [message] = await operation.take(1);
    expect(message).toEqual({
      statusChanged: {
        position: '5',
        event: { type: 'StatusStated' },
        subject: { key: 'zeeland', moment: { asOf: '2021-06-01', position: '5' } },
        scale: { key: 'dynamics' },
        ended: [],
        begun: [{ direction: 'ENTER', from: null, to: { key: '1' }, effectiveOn: '2019-03-01', supersededBy: null }],
      },
    });
  });

  it('tells a change that later news breaks as ended, and what stands in its place as begun', async () => {
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    const [last] = await server.api.append([stated('zeeland', 'dynamics', '3', '2020-10-01')]);
    await server.api.append([stated('zeeland', 'dynamics', '2', '2020-01-01')]);
    await server.api.append([corrected('zeeland', last?.id ?? '', 'dynamics', '4', '2020-10-01')]);
    const operation = changes();
    expect(newsOf(await operation.take(4))).toEqual([
      { at: '5 dynamics', ended: [], begun: ['>1'] },
      { at: '6 dynamics', ended: [], begun: ['1>3'] },
      { at: '7 dynamics', ended: ['1>3'], begun: ['1>2', '2>3'] },
      { at: '8 dynamics', ended: ['2>3'], begun: ['2>4'] },
    ]);
    await server.api.append([withdrawn('zeeland', (await server.api.log.byPositions([7]))[0]?.id ?? '')]);
    const [message] = await operation.take(1);
    expect(newsOf([message as StatusMessage])).toEqual([{ at: '9 dynamics', ended: ['1>2', '2>4'], begun: ['1>4'] }]);
    expect(message?.statusChanged.ended.map(({ supersededBy }) => supersededBy?.position)).toEqual(['9', '9']);
  });

  it('sends a message for each event of one append', async () => {
    const operation = changes('afterPosition: "4"');
    await server.api.append([
      stated('zeeland', 'dynamics', '1', '2019-03-01'),
      stated('utrecht', 'dynamics', '2', '2019-03-01'),
      stated('zeeland', 'dynamics', '2', '2020-03-01'),
    ]);
    expect(newsOf(await operation.take(3)).map(({ at, begun }) => [at, ...begun])).toEqual([
      ['5 dynamics', '>1'],
      ['6 dynamics', '>2'],
      ['7 dynamics', '1>2'],
    ]);
  });

  it('sends a message for each scale that a retirement touches, in the order of their keys', async () => {
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    await server.api.append([stated('zeeland', 'agreements', '2', '2019-03-01')]);
    await server.api.append([retired('zeeland', '2021-01-01')]);
    const [, , agreements, dynamics] = await changes().take(4);
    expect(newsOf([agreements, dynamics] as StatusMessage[])).toEqual([
      { at: '7 agreements', ended: [], begun: ['2>'] },
      { at: '7 dynamics', ended: [], begun: ['1>'] },
    ]);
    const [rest] = await changes('afterPosition: "7", afterScale: "agreements"').take(1);
    expect(rest).toEqual(dynamics);
  });

  it('leaves out the scales that everything is stated on, unless they are named', async () => {
    await server.api.append([named('zeeland', 'Zeeland')]);
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    expect(newsOf(await changes().take(1)).map(({ at }) => at)).toEqual(['6 dynamics']);
    const operation = changes('afterPosition: "0", filter: {scales: ["name", "existence"], keys: ["zeeland"]}');
    expect(newsOf(await operation.take(2))).toEqual([
      { at: '3 existence', ended: [], begun: ['>registered'] },
      { at: '5 name', ended: [], begun: ['>Zeeland'] },
    ]);
  });

  it('filters the changes, and sends no message without any', async () => {
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    await server.api.append([stated('zeeland', 'dynamics', '3', '2020-10-01')]);
    await server.api.append([stated('zeeland', 'dynamics', '2', '2020-01-01')]);
    await server.api.append([stated('utrecht', 'dynamics', '3', '2020-01-01')]);
    const operation = changes('afterPosition: "0", filter: {scales: ["dynamics"], to: ["3"], direction: [ADVANCE]}');
    expect(newsOf(await operation.take(2))).toEqual([
      { at: '6 dynamics', ended: [], begun: ['1>3'] },
      { at: '7 dynamics', ended: ['1>3'], begun: ['2>3'] },
    ]);
  });

  it('still names the subject when its registration is withdrawn', async () => {
    await server.api.append([stated('zeeland', 'dynamics', '1', '2019-03-01')]);
    const [registration] = await server.api.log.byPositions([3]);
    await server.api.append([withdrawn('zeeland', registration?.id ?? '')]);
    const [, message] = await changes().take(2);
    expect(message).toMatchObject({ statusChanged: { position: '6', subject: { key: 'zeeland' } } });
    expect(newsOf([message as StatusMessage])).toEqual([{ at: '6 dynamics', ended: ['>1'], begun: [] }]);
  });
});

describe('the socket', () => {
  it('answers queries too, each at its own present', async () => {
    const query = '{ events { totalCount } }';
    expect(await subscribe(query).take(1)).toEqual([{ events: { totalCount: 4 } }]);
    await server.api.append([region('limburg')]);
    expect(await subscribe(query).take(1)).toEqual([{ events: { totalCount: 5 } }]);
  });

  it('answers each message of a subscription at the present of that message', async () => {
    const operation = subscribe<{ eventAppended: { subject: { moment: { asOf: string } } } }>(
      'subscription { eventAppended(afterPosition: "4") { subject { moment { asOf } } } }',
    );
    await server.api.append([named('zeeland', 'Zeeland')]);
    const [before] = await operation.take(1);
    server.api.clock.set('2021-06-02T10:00:00.000Z');
    await server.api.append([named('zeeland', 'Zeeuwenland')]);
    const [after] = await operation.take(1);
    const asOf = [before, after].map((message) => message?.eventAppended.subject.moment.asOf);
    expect(asOf).toEqual(['2021-06-01', '2021-06-02']);
  });

  it('takes aliases, fragments and variables', async () => {
    const operation = subscribe(
      `subscription Live($after: Position!, $types: [String!]) {
        appended: eventAppended(afterPosition: $after, filter: {types: $types}) { ...Head }
      }
      fragment Head on Event { place: position }`,
      { variables: { after: '0', types: ['RegionRegistered'] } },
    );
    expect(await operation.take(2)).toEqual([{ appended: { place: '3' } }, { appended: { place: '4' } }]);
  });
});
