import { encodeGroup } from './encode-group.ts';
import { foldVersion } from './fold.ts';
import { fieldWrite, openConflicts, profileFields } from './snapshot-user.ts';
import type { ScopeState, UserState } from './states.ts';

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

/** A short text that two equal states share, and two different ones as good as never: for checks, not for trust. */
export function stateHash(state: ScopeState): string {
  return hash53(JSON.stringify(encodeSnapshot(state)));
}

/** `[fields, conflicts]`, fields in a fixed order. */
function encodeUser({ fields, conflicts }: UserState): unknown {
  return [
    profileFields.flatMap((field) => {
      const write = fields[field];
      return write ? [[field, fieldWrite.encode(write)]] : [];
    }),
    openConflicts.encode(conflicts),
  ];
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
