import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startBenchServer } from './bench-server.ts';
import { startFloorServer } from './floor.ts';

/**
 * One server in a process of its own, started by `server-handle.ts`: `server-process.ts <floor|ours> <dir> <port>`.
 * Counts every byte that crosses its sockets, both ways: framing, headers and acks are in the figures.
 */
let closedBytes = 0;
const sockets = new Set<Socket>();

subscribe('net.server.socket', (message) => {
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once('close', () => {
    sockets.delete(socket);
    closedBytes += bytesOf(socket);
  });
});

const [kind, dir = '', port = '0'] = process.argv.slice(2);
const stop =
  kind === 'floor'
    ? await startFloorServer(Number(port))
    : await startBenchServer(dir, Number(port)).then((server) => () => server.stop());

process.on('message', async (request) => {
  if (request === 'bytes') {
    process.send?.(closedBytes + [...sockets].reduce((sum, socket) => sum + bytesOf(socket), 0));
  } else if (request === 'cpuMs') {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1_000);
  } else if (request === 'heapBytes') {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.(heapUsed + external);
  } else if (request === 'rssBytes') {
    process.send?.(process.memoryUsage.rss());
  } else {
    await stop();
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(1));
process.send?.('ready');

function bytesOf({ bytesRead, bytesWritten }: Socket): number {
  return bytesRead + bytesWritten;
}

/** Twice: what a first collection only marks as free. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc !== 'function') throw new Error('Node gives no collection away');
  gc();
  gc();
}
