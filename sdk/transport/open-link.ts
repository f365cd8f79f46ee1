import type { Link, LinkEvents, LinkFailure, LinkOptions, OpenLink } from './link.ts';
import { openWebSocketLink } from './web-socket-link.ts';
import { linkClosed, unreachable } from './wire-failure.ts';

/**
 * A WebSocket first; where it is blocked, or the platform has none, Socket.IO's client with its other transports,
 * loaded then. Polling also tells a server that fails from a link that is lost: a WebSocket sees no HTTP status.
 */
export function openLink(options: LinkOptions, events: LinkEvents): Link {
  if (typeof WebSocket === 'undefined') return lateLink(options, events);
  let link = openWebSocketLink(options, {
    ...events,
    blocked: (failure) => {
      link = lateLink(options, events, failure);
    },
  });
  return {
    request: (event, payload, timeoutMs) => link.request(event, payload, timeoutMs),
    close: () => link.close(),
  };
}

/** @param failure what is told where the code cannot be loaded */
function lateLink(
  options: LinkOptions,
  events: LinkEvents,
  failure: LinkFailure = unreachable(),
): Link {
  let link: Link | undefined;
  let isClosed = false;
  const load = async (): Promise<void> => {
    let open: OpenLink | undefined;
    try {
      open = (await import('./socket-link.ts')).openSocketLink;
    } catch {
      // In a dead spot, where the browser does not have it yet.
    }
    if (isClosed) return;
    if (open) link = open(options, events);
    else events.closed(failure);
  };
  void load();
  return {
    request: (event, payload, timeoutMs) =>
      link?.request(event, payload, timeoutMs) ?? Promise.reject<never>(linkClosed()),
    close() {
      isClosed = true;
      link?.close();
    },
  };
}
