import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import type { Certificate } from './http/self-signed.ts';

/** A service as it is reached over TLS: what comes in the clear is not understood. */
export interface TlsFront {
  /** `localhost:port`, which is what the certificate says. */
  readonly address: string;
  /** How many have shaken hands. */
  connections(): number;
  close(): Promise<void>;
}

/** @param upstream `host:port` of a service without TLS of its own */
export async function tlsFront(certificate: Certificate, upstream: string): Promise<TlsFront> {
  const { hostname, port } = new URL(`tcp://${upstream}`);
  const ends = new Set<() => void>();
  let count = 0;
  const server = createServer(certificate, (outer) => {
    count += 1;
    const inner = connect(Number(port), hostname);
    const end = (): void => {
      outer.destroy();
      inner.destroy();
      ends.delete(end);
    };
    ends.add(end);
    for (const socket of [outer, inner]) socket.on('error', end).on('close', end);
    outer.pipe(inner).pipe(outer);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `localhost:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const end of ends) end();
      await closed;
    },
  };
}
