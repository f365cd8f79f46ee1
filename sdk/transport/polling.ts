import { Fetch } from 'socket.io-client';

/** Long polling, for where WebSockets are blocked: loaded when a first one has failed. */
export const polling: typeof Fetch = Fetch;
