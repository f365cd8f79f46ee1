import type { DeviceId, Scope, UserId } from '../protocol/ids.ts';
import type { LiveEntry, LiveMessage } from '../protocol/wire.ts';

const nobody: readonly LiveEntry[] = [];

/** The newest fix of each device of each member, as the server told it; a lane beside the log. */
export class PositionLane {
  readonly #scopes = new Map<Scope, Map<string, LiveEntry>>();
  readonly #lists = new Map<Scope, readonly LiveEntry[]>();

  take({ scope, entries, whole }: LiveMessage): void {
    let devices = this.#scopes.get(scope);
    if (!devices || whole) {
      devices = new Map();
      this.#scopes.set(scope, devices);
    }
    for (const entry of entries) {
      const key = keyOf(entry.memberId, entry.deviceId);
      const known = devices.get(key);
      if (!entry.fix) devices.delete(key);
      else if (!known?.fix || entry.fix.atMs >= known.fix.atMs) devices.set(key, entry);
    }
    this.#lists.delete(scope);
  }

  /** The same array until something moved. */
  entries(scope: Scope): readonly LiveEntry[] {
    const devices = this.#scopes.get(scope);
    if (!devices || devices.size === 0) return nobody;
    let list = this.#lists.get(scope);
    if (!list) {
      list = [...devices.values()];
      this.#lists.set(scope, list);
    }
    return list;
  }

  clear(scope?: Scope): void {
    if (scope === undefined) {
      this.#scopes.clear();
      this.#lists.clear();
      return;
    }
    this.#scopes.delete(scope);
    this.#lists.delete(scope);
  }
}

function keyOf(memberId: UserId, deviceId: DeviceId): string {
  return `${memberId} ${deviceId}`;
}
