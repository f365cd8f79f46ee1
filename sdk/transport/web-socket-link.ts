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

/** First characters of Socket.IO's packets, protocol version 5. Ours have no namespace and hold no bytes. */
const packet = { connect: '0', disconnect: '1', event: '2', ack: '3', connectError: '4' } as const;

/**
 * A link over one WebSocket that speaks Socket.IO (Engine.IO 4, Socket.IO 5), without the transports,
 * namespaces, bytes and reconnection of the vendor's client, which this SDK does not use. It never reconnects by itself.
 */
export function openWebSocketLink(options: LinkOptions, events: WebSocketEvents): Link {
  const { server, site, token, version } = options;
  const address = `${server.replace(/^http/, 'ws')}${socketPath}/?EIO=4&transport=websocket`;
  const requests = new Map<number, Request>();
  let lastRequest = 0;
  let spoke = false;
  let ended = false;
  let bye: JamzError | undefined;

  const socket = new WebSocket(address);
  let watch = setTimeout(() => end(unreachable()), openTimeoutMs);

  /** @param id of an event that waits for its answer; absent for the others */
  const send = (type: string, data: unknown, id = ''): void => {
    socket.send(`${frame.message}${type}${id}${JSON.stringify(data)}`);
  };

  const stop = (error: JamzError): void => {
    ended = true;
    clearTimeout(watch);
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

  const takePacket = (type: string, body: string): void => {
    switch (type) {
      case packet.connect:
        heard();
        events.opened();
        break;
      case packet.connectError: {
        const refusal = JSON.parse(body);
        end(refusalIn(refusal.data) ?? unreachable(refusal));
        break;
      }
      case packet.disconnect:
        end(lost('io server disconnect', bye));
        break;
      case packet.event: {
        const [event, payload] = JSON.parse(body);
        if (event === 'bye') bye = toError(payload as WireError);
        else events.message(event, payload);
        break;
      }
      case packet.ack: {
        const [answer] = JSON.parse(body.slice(body.indexOf('[')));
        requests.get(Number.parseInt(body, 10))?.answered(answer);
      }
    }
  };

  const take = (text: string): void => {
    switch (text[0]) {
      case frame.open: {
        const { pingInterval, pingTimeout } = JSON.parse(text.slice(1));
        silenceMs = pingInterval + pingTimeout;
        send(packet.connect, { site, token, version });
        break;
      }
      case frame.ping:
        heard();
        socket.send(frame.pong);
        break;
      case frame.message:
        takePacket(text[1] ?? '', text.slice(2));
        break;
      case frame.close:
        end(lost('transport close', bye));
    }
  };

  socket.onmessage = ({ data }) => {
    if (ended) return;
    spoke = true;
    try {
      take(data);
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
        send(packet.event, [event, payload], String(id));
      }),
    close() {
      if (!ended) stop(linkClosed());
    },
  };
}
