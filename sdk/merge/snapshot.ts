import { groupOfScope, type Scope } from '../protocol/ids.ts';
import type { NumberRanges } from '../protocol/wire.ts';
import { damaged, listIn } from './columns.ts';
import { foldVersion } from './fold.ts';
import { number, text } from './row-codec.ts';
import { decodeGroup, encodeGroup } from './snapshot-group.ts';
import { decodeUser, encodeUser } from './snapshot-user.ts';
import { mapFrom, type SortedMap } from './sorted-map.ts';
import type { ScopeState } from './states.ts';

/**
 * A whole state as JSON: small tables as rows, the playlist as columns. Equal states give equal text, whatever order
 * their parts were written in. Deflate it at the edges.
 */
export function encodeSnapshot(state: ScopeState): unknown {
  return {
    foldVersion,
    kind: state.kind,
    forgottenMs: state.forgottenMs,
    applied: [...state.applied].map(([replicaId, ranges]) => [replicaId, ...ranges.flat()]),
    state: state.kind === 'group' ? encodeGroup(state) : encodeUser(state),
  };
}

/**
 * The state that {@link encodeSnapshot} was given.
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

/** A short text that two equal states share, and two different ones as good as never: for checks, not for trust. */
export function stateHash(state: ScopeState): string {
  return hash53(JSON.stringify(encodeSnapshot(state)));
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

/** Two FNV-1a sums over the text, crossed at the end and cut to 53 bits. */
function hash53(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  low = Math.imul(low ^ (high >>> 15), 0x85ebca6b);
  high = Math.imul(high ^ (low >>> 13), 0xc2b2ae35);
  const bits = (high >>> 11) * 2 ** 32 + (low >>> 0);
  return bits.toString(16).padStart(14, '0');
}
