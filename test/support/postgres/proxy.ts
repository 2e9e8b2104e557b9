import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between a program and a PostgreSQL server that fails when it is told to. */
export interface Proxy {
  readonly url: string;
  /**
   * Cuts the connection of whoever commits next: before the commit reaches the server, or before its answer comes back;
   * FOR_GOOD: the latter, and nobody gets in afterwards.
   */
  cutNextCommit(when: 'BEFORE' | 'AFTER' | 'FOR_GOOD'): void;
  /** Holds everything up that comes after the next statement with these words, as if the program were stopped. */
  holdUpAfter(words: string): { readonly held: Promise<void>; release(): void };
  /** Lets nobody in, and cuts all connections. */
  shut(): void;
  /** How many came while it was shut. */
  turnedAway(): number;
  open(): void;
  close(): Promise<void>;
}

interface HoldUp {
  readonly words: string;
  readonly held: () => void;
  readonly paused: Socket[];
}

export async function startProxy(serverUrl: string): Promise<Proxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let cut: 'BEFORE' | 'AFTER' | 'FOR_GOOD' | null = null;
  let holdUp: HoldUp | null = null;
  let isShut = false;
  let turnedAway = 0;

  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => void sockets.delete(socket));
  };

  const server = createServer((fromClient) => {
    track(fromClient);
    if (isShut) {
      turnedAway += 1;
      return void fromClient.destroy();
    }
    const toServer = track(connect(Number(target.port), target.hostname));
    let answersAreLost = false;
    let holding: HoldUp | null = null;
    fromClient.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (holdUp !== null && text.includes(holdUp.words)) [holding, holdUp] = [holdUp, null];
      const commits = cut !== null && /\bCOMMIT\b/.test(text);
      if (commits && cut === 'BEFORE') toServer.destroy();
      else toServer.write(chunk);
      if (!commits) return;
      answersAreLost = cut !== 'BEFORE';
      isShut = cut === 'FOR_GOOD';
      cut = null;
    });
    toServer.on('data', (chunk) => {
      if (answersAreLost) return void toServer.destroy();
      if (holding !== null) {
        // The answer is held back, and so is all that the program would say to it.
        toServer.pause();
        toServer.unshift(chunk);
        holding.paused.push(toServer);
        holding.held();
        holding = null;
        return;
      }
      fromClient.write(chunk);
    });
    toServer.on('close', () => fromClient.destroy());
    fromClient.on('close', () => toServer.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: url.href,
    cutNextCommit: (when) => (cut = when),
    holdUpAfter(words) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const paused: Socket[] = [];
      holdUp = { words, held: resolve, paused };
      return { held: promise, release: () => paused.forEach((socket) => socket.resume()) };
    },
    shut() {
      isShut = true;
      for (const socket of sockets) socket.destroy();
    },
    turnedAway: () => turnedAway,
    open: () => (isShut = false),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
