import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import protobufAny from 'google-protobuf/google/protobuf/any_pb.js';
import protobufEmpty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Appended, Expectation, NativeEvent, ProposedEvent } from './memory.js';

/** Between the messages of the protocol and what the loopback server knows. */

const nameIn = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const identifierOf = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));

/** The protocol has ids as text, and as two signed halves. */
function idOf(uuid: InstanceType<typeof shared.UUID> | undefined): string {
  const halves = uuid?.getStructured();
  if (!halves) return uuid?.getString() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const streamIn = (options: {
  getStreamIdentifier(): InstanceType<typeof shared.StreamIdentifier> | undefined;
}): string => nameIn(options.getStreamIdentifier());

interface Expecting {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectationIn(options: Expecting, revision: string): Expectation {
  if (options.hasAny()) return 'ANY';
  if (options.hasNoStream()) return 'NO_STREAM';
  return options.hasStreamExists() ? 'STREAM_EXISTS' : Number(revision);
}

interface Proposed {
  getId(): InstanceType<typeof shared.UUID> | undefined;
  getMetadataMap(): { forEach(each: (value: string, key: string) => void): void };
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

export function proposedIn(message: Proposed): ProposedEvent {
  const metadata = new Map<string, string>();
  message.getMetadataMap().forEach((value, key) => metadata.set(key, value));
  return {
    id: idOf(message.getId()),
    metadata,
    customMetadata: message.getCustomMetadata_asU8(),
    data: message.getData_asU8(),
  };
}

export function eventMessage(event: NativeEvent): InstanceType<typeof streams.ReadResp> {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setCustomMetadata(event.customMetadata)
    .setData(event.data);
  for (const [key, value] of event.metadata) recorded.getMetadataMap().set(key, value);
  // In ticks of a tenth of a microsecond since 1970.
  recorded.getMetadataMap().set('created', String(event.created * 10_000));
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position));
  return new streams.ReadResp().setEvent(read);
}

export const notFoundMessage = (name: string) =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(name)),
  );

export const confirmationMessage = (id: string) =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export function appendAnswer(appended: Exclude<Appended, { kind: 'TOO_LARGE' }>, expected: Expectation) {
  const answer = new streams.AppendResp();
  if (appended.kind === 'APPENDED') {
    const position = new streams.AppendResp.Position()
      .setCommitPosition(String(appended.position))
      .setPreparePosition(String(appended.position));
    return answer.setSuccess(
      new streams.AppendResp.Success().setCurrentRevision(String(appended.revision)).setPosition(position),
    );
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (appended.current === null) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(appended.current));
  if (expected === 'NO_STREAM') wrong.setExpectedNoStream(new shared.Empty());
  else if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
  return answer.setWrongExpectedVersion(wrong);
}

/** What went wrong, packed as a detail of a status: the one that the client tells errors of batches apart by. */
function failureStatus(detail: { serializeBinary(): Uint8Array }, type: string, message: string) {
  const packed = new protobufAny.Any();
  packed.pack(detail.serializeBinary(), `event_store.client.${type}`);
  return new status.Status().setMessage(message).setDetails(packed);
}

export function batchAnswer(
  appended: Appended,
  { stream, expected, maxAppendSize }: { stream: string; expected: Expectation; maxAppendSize: number },
) {
  const answer = new streams.BatchAppendResp().setStreamIdentifier(identifierOf(stream));
  if (appended.kind === 'APPENDED') {
    const position = new shared.AllStreamPosition()
      .setCommitPosition(String(appended.position))
      .setPreparePosition(String(appended.position));
    return answer.setSuccess(
      new streams.BatchAppendResp.Success().setCurrentRevision(String(appended.revision)).setPosition(position),
    );
  }
  if (appended.kind === 'TOO_LARGE') {
    const detail = new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize);
    return answer.setError(failureStatus(detail, 'MaximumAppendSizeExceeded', 'Maximum append size exceeded'));
  }
  const wrong = new shared.WrongExpectedVersion();
  if (appended.current === null) wrong.setCurrentNoStream(new protobufEmpty.Empty());
  else wrong.setCurrentStreamRevision(String(appended.current));
  if (expected === 'NO_STREAM') wrong.setExpectedNoStream(new protobufEmpty.Empty());
  else if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected));
  return answer.setError(failureStatus(wrong, 'WrongExpectedVersion', 'Wrong expected version'));
}
