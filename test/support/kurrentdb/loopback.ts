import { createServer, connect, type Socket } from 'node:net';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import featuresGrpc from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import gossipGrpc from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import type { IStreamsServer } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streamsGrpc from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { newMemory, type Memory } from './memory.js';
import { streamsService, type Faults } from './service.js';

export interface Loopback {
  readonly memory: Memory;
  readonly faults: Faults;
  /** `host:port`, the same after it was stopped and started again. */
  readonly address: string;
  /** Is gone without a word to anybody, as after a kill. What it knows stays, and what had reached it may yet be done. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** Servers of before 21.10 take no batches. */
  readonly batches?: boolean;
  readonly credentials?: ServerCredentials;
}

function supportedMethods(batches: boolean) {
  const service = 'event_store.client.streams.streams';
  const methods = ['read', 'append', 'delete', ...(batches ? ['batchappend'] : [])];
  return new features.SupportedMethods()
    .setEventStoreServerVersion('0.0.0-loopback')
    .setMethodsList(methods.map((name) => new features.SupportedMethod().setServiceName(service).setMethodName(name)));
}

const clusterOf = (port: number) =>
  new gossip.ClusterInfo().setMembersList([
    new gossip.MemberInfo()
      .setIsAlive(true)
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port)),
  ]);

/** Listens on a port, passes everything on to another, and can be closed and cut off at any moment. */
function gate(target: () => number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const inner = connect(target(), '127.0.0.1');
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.setNoDelay(true);
      one.pipe(other);
    }
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    cut,
    listen: (port: number) =>
      new Promise<number>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          const address = server.address();
          resolve(typeof address === 'object' && address ? address.port : 0);
        });
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

/**
 * A server that speaks as much of the protocol of EventStoreDB as a client needs to append, read and subscribe, built from
 * the service definitions that the client is shipped with. It is no KurrentDB: it shows that the protocol is spoken and that
 * failures are survived, not how a real server behaves.
 */
export async function startLoopback(options: LoopbackOptions = {}): Promise<Loopback> {
  const { batches = true, credentials = ServerCredentials.createInsecure() } = options;
  const memory = newMemory();
  let innerPort = 0;
  const outside = gate(() => innerPort);
  const faults: Faults = {
    delay: 0,
    loseAnswers: 0,
    loseRequests: 0,
    silent: false,
    authorization: null,
    cut: outside.cut,
  };
  const port = await outside.listen(0);

  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  // What a service leaves out is answered as unknown.
  server.addService(streamsGrpc.StreamsService, streamsService(memory, faults) as IStreamsServer);
  server.addService(featuresGrpc.ServerFeaturesService, {
    getSupportedMethods: (_: unknown, answer: sendUnaryData<unknown>) => answer(null, supportedMethods(batches)),
  });
  server.addService(gossipGrpc.GossipService, {
    read: (_: unknown, answer: sendUnaryData<unknown>) => answer(null, clusterOf(port)),
  });
  innerPort = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });

  return {
    memory,
    faults,
    address: `127.0.0.1:${port}`,
    stop: outside.close,
    start: async () => void (await outside.listen(port)),
    async close() {
      await outside.close();
      server.forceShutdown();
    },
  };
}
