import { stateHash } from '../../sdk/merge/snapshot.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Codec } from '../ports/codec.ts';
import type { LogsStore } from '../ports/store.ts';
import { loadView } from './advance.ts';
import { cursorOf } from './view.ts';

/** Whether a log ends at the same place in two stores, with the same history of windings back, and folds to the same state. */
export async function comesToTheSame(
  one: LogsStore,
  other: LogsStore,
  codec: Codec,
  scope: Scope,
): Promise<boolean> {
  const [its, others] = await Promise.all([told(one, codec, scope), told(other, codec, scope)]);
  return its === others;
}

async function told(store: LogsStore, codec: Codec, scope: Scope): Promise<string> {
  const { view } = await loadView(store, codec, scope);
  const forks = await store.log.generations(scope);
  const places = forks.map(({ generation, forkedAtSeq, hash }) => [generation, forkedAtSeq, hash]);
  return JSON.stringify([cursorOf(view), view.firstSeq, places, stateHash(view.state)]);
}
