import { groupOfScope, type Scope } from '../protocol/ids.ts';
import type { NumberRanges } from '../protocol/wire.ts';
import { damaged, listIn } from './columns.ts';
import { foldVersion } from './fold.ts';
import { number, text } from './row-codec.ts';
import { decodeGroup } from './snapshot-group.ts';
import { decodeUser } from './snapshot-user.ts';
import { mapFrom, type SortedMap } from './sorted-map.ts';
import type { ScopeState } from './states.ts';

/**
 * The state that `encodeSnapshot` was given.
 *
 * @throws {JamzError} `invalid` where the JSON is damaged, of another kind of scope or of another fold version
 */
export function decodeSnapshot(scope: Scope, json: unknown): ScopeState {
  const kind = groupOfScope(scope) === undefined ? 'user' : 'group';
  if (!isSnapshot(json) || json.kind !== kind) throw damaged('it is none of this scope');
  if (json.foldVersion !== foldVersion) throw damaged('it was folded by another version');
  const rest = { applied: appliedIn(json.applied), forgottenMs: number.decode(json.forgottenMs) };
  return kind === 'group'
    ? { ...decodeGroup(json.state), ...rest }
    : { ...decodeUser(json.state), ...rest };
}

interface Snapshot {
  readonly foldVersion: unknown;
  readonly kind: unknown;
  readonly applied: unknown;
  readonly forgottenMs: unknown;
  readonly state: unknown;
}

function isSnapshot(json: unknown): json is Snapshot {
  return typeof json === 'object' && json !== null && 'state' in json && 'kind' in json;
}

function appliedIn(json: unknown): SortedMap<NumberRanges> {
  return mapFrom(
    listIn(json)
      .map(listIn)
      .map((row) => [text.decode(row[0]), rangesIn(row)]),
  );
}

function rangesIn(row: readonly unknown[]): NumberRanges {
  const ranges: (readonly [number, number])[] = [];
  for (let at = 1; at < row.length; at += 2) {
    ranges.push([number.decode(row[at]), number.decode(row[at + 1])]);
  }
  return ranges;
}
