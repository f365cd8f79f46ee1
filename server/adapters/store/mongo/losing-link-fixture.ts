import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What becomes of the next request that a test waits for. */
export type Loss = 'request' | 'answer';

/** A link to a server that breaks exactly where a test wants it. */
export interface LosingLink {
  readonly address: string;
  /** The next request that has this text in it is lost, or its answer is; the connection breaks with it. */
  loseNext(loss: Loss, text: string): void;
  /** Breaks it for good; asked again, it is the same end. */
  close(): Promise<void>;
}

export async function losingLink(to: string): Promise<LosingLink> {
  const [host = '', port = ''] = to.split(':');
  const sockets = new Set<Socket>();
  let next: { readonly loss: Loss; readonly text: string } | undefined;

  const server = createServer((near) => {
    const far = connect(Number(port), host);
    let isLost = false;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // Whoever is cut off sees it as a closed connection; nothing is to be done about it here.
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (request) => {
      if (!next || !request.includes(next.text)) return void far.write(request);
      const { loss } = next;
      next = undefined;
      isLost = true;
      if (loss === 'answer') far.write(request);
      else near.destroy();
    });
    far.on('data', (answer) => {
      if (isLost) near.destroy();
      else near.write(answer);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('The link has a port');

  return {
    address: `127.0.0.1:${at.port}`,
    loseNext(loss, text) {
      next = { loss, text };
    },
    async close() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
