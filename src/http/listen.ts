import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ExpectedError } from '../../events/errors/expected-error.js';

const reasons: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is in use by another program. Set PORT to another port, or to 0 for any free one.`,
  EACCES: (_host, port) => `Port ${port} may not be used by this user. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Set HOST to one it has, like 127.0.0.1 or 0.0.0.0.`,
  ENOTFOUND: (host) => `The host name ${host} is not known. Set HOST to an address of this machine, like 127.0.0.1.`,
};

/**
 * Listens, and returns the URL at which a client on this machine reaches it.
 * @throws {ExpectedError} when the address cannot be used as set.
 */
export const listen = async (app: FastifyInstance, host: string, port: number): Promise<string> => {
  try {
    await app.listen({ host, port, listenTextResolver: () => 'Listening' });
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw reason === undefined ? error : new ExpectedError(reason(host, port), { cause: error });
  }
  const { address, family, port: actual } = app.server.address() as AddressInfo;
  const everywhere = address === '0.0.0.0' || address === '::';
  const name = everywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${name}:${actual}`;
};
