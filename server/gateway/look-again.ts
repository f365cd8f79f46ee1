import { farewell } from './farewell.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import type { Members } from './members.ts';
import { followedBy, type Session, userRoom } from './session.ts';
import { type Room, sendToRoom } from './to-room.ts';

type LookAgainDeps = Pick<
  GatewayDeps,
  'bus' | 'logs' | 'live' | 'familyAlive' | 'groupsOf' | 'onBug'
>;

/** What is done of every session's scopes and sign-in where the bus may have kept something from this process. */
export interface LookAgain {
  /**
   * Asked once a second.
   *
   * @returns how much of all sessions has to be looked at now: 0 while the bus is whole
   */
  share(): number;
  /** Ends what was ended elsewhere. The heads, which go out with it, bring what was written. */
  look(sessions: readonly Session[]): Promise<void>;
}

/** All sessions within two seconds: with the time that it takes to notice, five seconds are enough for all. */
const halfOfThem = 0.5;
const passes = 2;
/** How long others have to say what they know of positions. */
const secondsToAnswer = 2;

export function createLookAgain(room: Room, members: Members, deps: LookAgainDeps): LookAgain {
  const { bus, logs, live, familyAlive, groupsOf, onBug } = deps;
  let gaps = bus.health().gaps;
  let owed = 0;
  let secondsAsked: number | undefined;
  let missesLists = false;

  const askPositions = (): void => {
    live.ask();
    secondsAsked = 0;
  };

  const settlePositions = (others: number): void => {
    if (secondsAsked === undefined) return;
    secondsAsked += 1;
    if (secondsAsked < secondsToAnswer) return;
    secondsAsked = undefined;
    // With nobody there to ask, what was known is the best there is.
    for (const scope of live.settle(others > 0)) {
      sendToRoom(room, scope, 'live', JSON.stringify({ ...live.known(scope), whole: true }));
    }
  };

  const sendList = async (session: Session): Promise<void> => {
    const { userId } = session.actor;
    room.io.to(userRoom(userId)).emit('groups', await groupsOf(userId));
  };

  const lookAtFamily = async (session: Session): Promise<void> => {
    if (await familyAlive(session.actor.familyId)) return;
    farewell(session.socket, { code: 'unauthenticated', message: 'Signed out: sign in again' });
  };

  // Whoever was here before knows where devices are.
  askPositions();
  return {
    share() {
      const health = bus.health();
      settlePositions(health.others);
      if (health.gaps !== gaps) {
        gaps = health.gaps;
        owed = passes;
        missesLists = true;
        askPositions();
      }
      if (!health.isWhole) owed = passes;
      if (owed === 0) {
        missesLists = false;
        return 0;
      }
      owed -= 1;
      return halfOfThem;
    },
    async look(sessions) {
      const scopes = new Set(sessions.flatMap(({ socket }) => followedBy(socket)));
      const work: Promise<unknown>[] = [];
      for (const scope of scopes) {
        work.push(logs.viewOf(scope).then(({ state }) => members.checkAll(scope, state)));
      }
      for (const session of sessions) {
        work.push(lookAtFamily(session));
        if (missesLists) work.push(sendList(session));
      }
      for (const done of await Promise.allSettled(work)) {
        if (done.status === 'rejected') onBug(done.reason);
      }
    },
  };
}
