import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { IStreamsServer } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import {
  Metadata,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { Appended, Expectation, Memory, ProposedEvent } from './memory.js';
import {
  appendAnswer,
  batchAnswer,
  confirmationMessage,
  eventMessage,
  expectationIn,
  notFoundMessage,
  proposedIn,
  streamIn,
} from './messages.js';

/** What is to go wrong. */
export interface Faults {
  /** How long an append takes, in milliseconds. */
  delay: number;
  /** So many appends to come are done, and their connections are cut before they are answered. */
  loseAnswers: number;
  /** So many appends to come are lost with their connections before they are done. */
  loseRequests: number;
  /** Nothing is answered, and no connection ends. */
  silent: boolean;
  /** What each call must bear as its authorization; null: whoever calls is let in. */
  authorization: string | null;
  /** Cuts every connection there is. */
  readonly cut: () => void;
}

type Reading = ServerWritableStream<InstanceType<typeof streams.ReadReq>, InstanceType<typeof streams.ReadResp>>;
type Appending = ServerReadableStream<InstanceType<typeof streams.AppendReq>, InstanceType<typeof streams.AppendResp>>;
type Batching = ServerDuplexStream<
  InstanceType<typeof streams.BatchAppendReq>,
  InstanceType<typeof streams.BatchAppendResp>
>;
type Deleting = ServerUnaryCall<InstanceType<typeof streams.DeleteReq>, InstanceType<typeof streams.DeleteResp>>;

const failure = (code: status, exception: string) => {
  const metadata = new Metadata();
  metadata.set('exception', exception);
  return { code, details: exception, metadata };
};

/** The calls about streams, as the protocol has them, upon what the server knows. */
export function streamsService(memory: Memory, faults: Faults): Partial<IStreamsServer> {
  const isRefused = (call: { readonly metadata: Metadata }): boolean =>
    faults.authorization !== null && call.metadata.get('authorization')[0] !== faults.authorization;

  async function append(
    stream: string,
    expected: Expectation,
    events: readonly ProposedEvent[],
  ): Promise<Appended | null> {
    if (faults.delay > 0) await delay(faults.delay);
    if (faults.silent) return null;
    if (faults.loseRequests > 0) {
      faults.loseRequests -= 1;
      faults.cut();
      return null;
    }
    const appended = memory.append(stream, expected, events);
    if (faults.loseAnswers > 0) {
      faults.loseAnswers -= 1;
      faults.cut();
      return null;
    }
    return appended;
  }

  /** Writes what there is, waiting for a reader that is slow; and then, to a subscriber, what comes. */
  async function read(call: Reading): Promise<void> {
    if (isRefused(call)) return void call.emit('error', failure(status.UNAUTHENTICATED, 'access-denied'));
    if (faults.silent) return;
    const asked = call.request.getOptions();
    const from = asked?.getStream();
    if (!asked || !from) return void call.emit('error', { code: status.UNIMPLEMENTED, details: 'Streams only.' });
    const name = streamIn(from);
    const backwards = asked.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const closed = new Promise((resolve) => call.once('close', resolve));
    const write = async (message: InstanceType<typeof streams.ReadResp>) => {
      if (!call.write(message)) await Promise.race([once(call, 'drain').catch(() => {}), closed]);
    };

    if (asked.hasSubscription()) {
      let next = from.hasRevision() ? Number(from.getRevision()) + 1 : 0;
      if (from.hasEnd()) next = memory.stream(name)?.length ?? 0;
      await write(confirmationMessage(randomUUID()));
      let writing = Promise.resolve();
      const follow = () => {
        const before = writing;
        writing = (async () => {
          await before;
          for (let event; !call.cancelled && (event = memory.stream(name)?.[next]); next += 1) {
            await write(eventMessage(event));
          }
        })();
      };
      const stop = memory.onGrowth((grown) => grown === name && follow());
      call.on('cancelled', stop);
      call.on('close', stop);
      follow();
      return;
    }

    const held = memory.stream(name);
    if (held === null) {
      await write(notFoundMessage(name));
      call.end();
      return;
    }
    const ordered = backwards ? held.toReversed() : held;
    const first = from.hasRevision() ? Number(from.getRevision()) : backwards ? Infinity : 0;
    const chosen = ordered.filter(({ revision }) => (backwards ? revision <= first : revision >= first));
    for (const event of chosen.slice(0, Number(asked.getCount()) || undefined)) {
      if (call.cancelled) return;
      await write(eventMessage(event));
    }
    call.end();
  }

  async function appendOne(call: Appending, answer: sendUnaryData<InstanceType<typeof streams.AppendResp>>) {
    if (isRefused(call)) return answer(failure(status.UNAUTHENTICATED, 'access-denied'));
    let stream = '';
    let expected: Expectation = 'ANY';
    const events: ProposedEvent[] = [];
    for await (const message of call as AsyncIterable<InstanceType<typeof streams.AppendReq>>) {
      const asked = message.getOptions();
      if (asked) [stream, expected] = [streamIn(asked), expectationIn(asked, asked.getRevision())];
      const proposed = message.getProposedMessage();
      if (proposed) events.push(proposedIn(proposed));
    }
    const appended = await append(stream, expected, events);
    if (appended === null) return;
    if (appended.kind === 'TOO_LARGE') {
      const error = failure(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded');
      error.metadata.set('maximum-append-size', String(memory.limits.maxAppendSize));
      return answer(error);
    }
    answer(null, appendAnswer(appended, expected));
  }

  function appendBatches(call: Batching) {
    const open = new Map<string, { stream: string; expected: Expectation; events: ProposedEvent[] }>();
    call.on('error', () => {});
    if (isRefused(call)) return void call.emit('error', failure(status.UNAUTHENTICATED, 'access-denied'));
    call.on('data', (message: InstanceType<typeof streams.BatchAppendReq>) => {
      const id = message.getCorrelationId();
      const key = Buffer.from(id?.serializeBinary() ?? []).toString('hex');
      const asked = message.getOptions();
      if (asked) {
        const expected = expectationIn(asked, asked.getStreamPosition());
        open.set(key, { stream: streamIn(asked), expected, events: [] });
      }
      const batch = open.get(key);
      if (!batch) return;
      batch.events.push(...message.getProposedMessagesList().map(proposedIn));
      if (!message.getIsFinal()) return;
      open.delete(key);
      void (async () => {
        const appended = await append(batch.stream, batch.expected, batch.events);
        if (appended === null) return;
        const answer = batchAnswer(appended, { ...batch, maxAppendSize: memory.limits.maxAppendSize });
        call.write(answer.setCorrelationId(id));
      })();
    });
    call.on('end', () => call.end());
  }

  function remove(call: Deleting, answer: sendUnaryData<InstanceType<typeof streams.DeleteResp>>) {
    const asked = call.request.getOptions();
    if (asked) memory.remove(streamIn(asked));
    answer(null, new streams.DeleteResp());
  }

  return {
    read: (call) => void read(call),
    append: (call, answer) => void appendOne(call, answer).catch(() => {}),
    batchAppend: appendBatches,
    delete: remove,
  };
}
