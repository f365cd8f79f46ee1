import { Decoder, PacketType } from 'socket.io-parser';
import type { JamzError } from '../protocol/errors.ts';
import { type Answer, socketPath, type WireError } from '../protocol/wire.ts';
import type { Link, LinkEvents, LinkFailure, LinkOptions } from './link.ts';
import { answerLate, linkClosed, lost, refusalIn, toError, unreachable } from './wire-failure.ts';

export interface WebSocketEvents extends LinkEvents {
  /** It ended before the server had said anything: WebSockets are blocked, or it is not there. Instead of `closed`. */
  blocked(failure: LinkFailure): void;
}

interface Request {
  answered(answer: Answer<unknown> | undefined): void;
  failed(error: JamzError): void;
}

const openTimeoutMs = 10_000;
/** First characters of Engine.IO's frames, protocol version 4. */
const frame = { open: '0', close: '1', ping: '2', pong: '3', message: '4' } as const;

/**
 * A link over one WebSocket that speaks Socket.IO (Engine.IO 4, Socket.IO 5) by the vendor's own parser, without the
 * transports, namespaces and reconnection of its client, which this SDK does not use. It never reconnects by itself.
 */
export function openWebSocketLink(options: LinkOptions, events: WebSocketEvents): Link {
  const { server, site, token, version } = options;
  const address = `${server.replace(/^http/, 'ws')}${socketPath}/?EIO=4&transport=websocket`;
  const decoder = new Decoder();
  const requests = new Map<number, Request>();
  let lastRequest = 0;
  let spoke = false;
  let ended = false;
  let bye: JamzError | undefined;

  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  let watch = setTimeout(() => end(unreachable()), openTimeoutMs);

  /**
   * What a replica says holds no bytes, so the vendor's encoder, which looks through every value of a batch for some,
   * is not asked.
   *
   * @param id of an event that waits for its answer; absent for the others
   */
  const send = (type: PacketType, data: unknown, id = ''): void => {
    socket.send(`${frame.message}${type}${id}${JSON.stringify(data)}`);
  };

  const stop = (error: JamzError): void => {
    ended = true;
    clearTimeout(watch);
    decoder.destroy();
    socket.close();
    for (const request of requests.values()) request.failed(error);
    requests.clear();
  };

  const end = (failure: LinkFailure, isBlocked = false): void => {
    if (ended) return;
    stop(failure.error);
    if (isBlocked) events.blocked(failure);
    else events.closed(failure);
  };

  /** The server pings: where none comes in time the link is dead. */
  let silenceMs = openTimeoutMs;
  const heard = (): void => {
    clearTimeout(watch);
    watch = setTimeout(() => end(lost('ping timeout', bye)), silenceMs);
  };

  const take = (text: string): void => {
    switch (text[0]) {
      case frame.open: {
        const { pingInterval, pingTimeout } = JSON.parse(text.slice(1));
        silenceMs = pingInterval + pingTimeout;
        send(PacketType.CONNECT, { site, token, version });
        break;
      }
      case frame.ping:
        heard();
        socket.send(frame.pong);
        break;
      case frame.message:
        decoder.add(text.slice(1));
        break;
      case frame.close:
        end(lost('transport close', bye));
    }
  };

  decoder.on('decoded', ({ type, id, data }) => {
    switch (type) {
      case PacketType.CONNECT:
        heard();
        events.opened();
        break;
      case PacketType.CONNECT_ERROR:
        end(refusalIn(data.data) ?? unreachable(data));
        break;
      case PacketType.DISCONNECT:
        end(lost('io server disconnect', bye));
        break;
      case PacketType.EVENT:
      case PacketType.BINARY_EVENT:
        if (data[0] === 'bye') bye = toError(data[1] as WireError);
        else events.message(data[0], data[1]);
        break;
      case PacketType.ACK:
      case PacketType.BINARY_ACK:
        requests.get(id ?? 0)?.answered(data[0]);
    }
  });

  socket.onmessage = ({ data }) => {
    if (ended) return;
    spoke = true;
    try {
      if (typeof data === 'string') take(data);
      else decoder.add(data);
    } catch (error) {
      end(unreachable(error));
    }
  };
  socket.onclose = () => end(spoke ? lost('transport close', bye) : unreachable(), !spoke);

  return {
    request: <T>(event: string, payload: unknown, timeoutMs: number) =>
      new Promise<T>((resolve, reject) => {
        if (ended) return reject(linkClosed());
        const id = ++lastRequest;
        const settle = (): void => {
          clearTimeout(late);
          requests.delete(id);
        };
        const late = setTimeout(() => {
          settle();
          reject(answerLate());
        }, timeoutMs);
        requests.set(id, {
          answered(answer) {
            settle();
            if (answer && 'ok' in answer) resolve(answer.ok as T);
            else reject(toError(answer?.error));
          },
          failed(error) {
            settle();
            reject(error);
          },
        });
        send(PacketType.EVENT, [event, payload], String(id));
      }),
    close() {
      if (!ended) stop(linkClosed());
    },
  };
}
