import type { Socket } from 'socket.io';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';

/** One socket and who speaks through it. */
export interface Session {
  readonly socket: Socket;
  readonly siteKey: string;
  /** The page that opened it; undefined outside a browser. */
  readonly origin: string | undefined;
  /** Replaced when the token is renewed in band. */
  actor: Actor;
  /** The answer to its hello is on its way: another may come in. */
  readonly greeted: () => void;
  /** Pushes that wait for their answer. */
  pushesUnderWay: number;
  /** A packet above the limit has come: from now on its messages are weighed one by one. */
  hasSentTooMuch: boolean;
  /** Which tenth of the heads' period is this socket's. */
  readonly slot: number;
  /** Counts what is said, an event as 1. @throws {JamzError} `rate-limited` */
  readonly count: (weight: number) => void;
}

/** Sockets of one person, for what is told to a person. */
export function userRoom(userId: string): string {
  return `user:${userId}`;
}

/** Sockets of one sign-in. */
export function familyRoom(familyId: string): string {
  return `family:${familyId}`;
}

/** The scopes that a socket follows: they are its rooms. */
export function followedBy(socket: Socket): readonly Scope[] {
  return [...socket.rooms].filter(isScopeRoom);
}

function isScopeRoom(room: string): room is Scope {
  return room.startsWith('g:') || room.startsWith('u:');
}
