import { stateHash } from '../../sdk/merge/snapshot.ts';
import type { Phone } from '../world/phone.ts';
import type { Referee } from './referee.ts';

/** Whether a second tab, where there is one, has nothing to wait for and stands where the leading one does. */
export function isBesideAtRest({ engine, beside, scopes }: Phone): boolean {
  const other = beside.engine?.replica;
  if (!engine || !other) return true;
  if (other.pendingCount !== engine.replica.pendingCount) return false;
  return [...scopes].every((scope) => {
    const [generation, seq] = other.scope(scope).cursor ?? [];
    const at = engine.replica.scope(scope).cursor;
    return generation === at?.[0] && seq === at?.[1];
  });
}

/** A second tab shows what the first one shows, and tells the same. */
export function checkBeside(phone: Phone, referee: Referee): void {
  const { engine, beside, scopes, userId } = phone;
  const other = beside.engine;
  if (!engine || !other) return;
  // Where the leading tab lives in memory there is no journal that both share.
  if (engine.status$.value.storage === 'memory') return;
  for (const scope of scopes) {
    const [here, there] = [engine.replica.scope(scope), other.replica.scope(scope)];
    const places = [there, here].map(({ cursor }) => `${cursor?.[0]} ${cursor?.[1]}`);
    if (places[0] !== places[1]) {
      referee.breach(
        'tabs alike',
        `${userId}’s second tab is at ${places.join(' of ')} in ${scope}`,
      );
    } else if (stateHash(there.shown) !== stateHash(here.shown)) {
      referee.breach('tabs alike', `${userId}’s second tab shows another ${scope}`);
    }
  }
  const aside = [other, engine].map(({ replica }) => replica.setAside.length);
  if (aside[0] !== aside[1]) {
    referee.breach('tabs alike', `${userId}’s second tab has ${aside.join(' of ')} ops set aside`);
  }
  const [state, pending] = [other.status$.value.state, other.replica.pendingCount];
  if (state !== engine.status$.value.state || pending !== engine.replica.pendingCount) {
    referee.breach('tabs alike', `${userId}’s second tab says ${state} with ${pending} waiting`);
  }
}
