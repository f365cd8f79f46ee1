import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Fix, LiveEntry, LiveMessage, LiveReport } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { rowForEvent } from '../access/table.ts';
import type { Bus, BusOrigin } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import { createLiveOutbox } from './live-outbox.ts';
import type { ScopeLogs } from './scope-logs.ts';

export interface LiveDeps {
  readonly logs: Pick<ScopeLogs, 'admit'>;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Calls back when the turn is over; `setImmediate` unless somebody else owns time. */
  readonly schedule: (flush: () => void) => void;
  /** Calls back once; absent: what ends by itself is gone when somebody asks next. */
  readonly after?: (delayMs: number, run: () => void) => unknown;
}

/** Positions: the newest of each device, in memory only, never in a log. */
export interface Live {
  /** @throws {JamzError} `clock-ahead` for a fix from the future, `forbidden` and the like to who is no member */
  report(actor: Actor, report: LiveReport): Promise<void>;
  /** What is known of a scope now. */
  known(scope: Scope): LiveMessage;
  /** Asks the other processes what they know: this one has just begun, or has missed something. */
  ask(): void;
  /**
   * A while after asking.
   *
   * @param dropUnnamed forgets what was heard from others before and nobody has named since: it may be off
   * @returns the scopes of which something else is known now
   */
  settle(dropUnnamed: boolean): readonly Scope[];
  close(): void;
}

interface Known {
  readonly entry: LiveEntry;
  readonly atMs: number;
  /** Another process reported it, before this one asked what is known. */
  isDoubtful: boolean;
  readonly origin: BusOrigin;
}

/** How long a device's last word that it is off keeps older fixes, still on their way, from bringing it back. */
const offKeptMs = 60_000;
const maxDevices = 16;
/** What timers can hold. */
const longestTimerMs = 2 ** 31 - 1;
/** Scopes in one message to the other processes. */
const scopesPerAnswer = 100;

export function createLive({ logs, bus, clock, schedule, after }: LiveDeps): Live {
  const row = rowForEvent('live');
  const scopes = new Map<Scope, Map<string, Known>>();
  /** What others said when they were asked. */
  const learned = new Set<Scope>();
  /** When which device's sharing ends by itself. */
  const ends = new Map<string, number>();

  const outbox = createLiveOutbox({
    publish: (message) => bus.publish({ kind: 'live', message }),
    ...{ schedule, after, nowMs: () => clock.nowMs() },
    sizeOf: (scope) => scopes.get(scope)?.size ?? 0,
  });
  const send = (scope: Scope, entry: LiveEntry): void => outbox.add(scope, keyOf(entry), entry);

  /** Latest wins, by when the fix was taken; what every process does with what any of them tells. */
  const take = (scope: Scope, entry: LiveEntry, origin: BusOrigin): void => {
    const nowMs = clock.nowMs();
    const devices = scopes.get(scope) ?? new Map<string, Known>();
    scopes.set(scope, devices);
    const atMs = entry.fix?.atMs ?? nowMs;
    // What comes from elsewhere may have been on its way for long.
    const isOld = entry.fix !== null && atMs < (devices.get(keyOf(entry))?.atMs ?? 0);
    if (!isOld) devices.set(keyOf(entry), { entry, atMs, origin, isDoubtful: false });
    if (entry.fix && entry.untilMs !== undefined) endAt(scope, keyOf(entry), entry.untilMs);
    for (const [key, known] of devices) {
      if (!known.entry.fix && known.atMs + offKeptMs < nowMs) devices.delete(key);
    }
  };

  /** At the time that its person chose a device is off, though it is asleep or has no network. */
  const endAt = (scope: Scope, key: string, untilMs: number): void => {
    const delayMs = untilMs - clock.nowMs();
    const id = `${scope} ${key}`;
    if (ends.get(id) === untilMs || delayMs > longestTimerMs) return;
    ends.set(id, untilMs);
    after?.(Math.max(0, delayMs), () => {
      if (ends.get(id) === untilMs) ends.delete(id);
      const known = scopes.get(scope)?.get(key);
      if (!known?.entry.fix || known.entry.untilMs !== untilMs) return;
      scopes.get(scope)?.delete(key);
      send(scope, goneFrom(known.entry));
    });
  };

  const forget = (scope: Scope, userId: UserId): void => {
    const devices = scopes.get(scope);
    for (const [key, { entry }] of devices ?? []) {
      if (entry.memberId !== userId) continue;
      devices?.delete(key);
      if (entry.fix) send(scope, goneFrom(entry));
    }
    if (devices?.size === 0) scopes.delete(scope);
    // Reported in this very turn, and not told yet.
    for (const [key, entry] of outbox.waiting(scope) ?? []) {
      if (entry.memberId === userId) outbox.add(scope, key, goneFrom(entry));
    }
  };

  const devicesOf = (scope: Scope, userId: UserId): number => {
    let count = 0;
    for (const { entry } of scopes.get(scope)?.values() ?? []) {
      if (entry.memberId === userId) count++;
    }
    return count;
  };

  const isShown = ({ fix, untilMs }: LiveEntry): boolean =>
    fix !== null && (untilMs ?? Number.POSITIVE_INFINITY) > clock.nowMs();

  const knownOf = (scope: Scope): LiveMessage => {
    const devices = scopes.get(scope)?.values() ?? [];
    return { scope, entries: [...devices].map(({ entry }) => entry).filter(isShown) };
  };

  const tellAll = (): void => {
    const messages = [...scopes.keys()].map(knownOf).filter(({ entries }) => entries.length > 0);
    for (let from = 0; from < messages.length; from += scopesPerAnswer) {
      bus.publish({ kind: 'live-known', messages: messages.slice(from, from + scopesPerAnswer) });
    }
  };

  const takeKnown = ({ scope, entries }: LiveMessage): void => {
    for (const entry of entries) {
      const known = scopes.get(scope)?.get(keyOf(entry));
      // Who was told “off” after that knows better.
      if (known && known.atMs >= (entry.fix?.atMs ?? 0)) known.isDoubtful = false;
      else {
        take(scope, entry, 'elsewhere');
        learned.add(scope);
      }
    }
  };

  const unsubscribe = bus.subscribe((message, origin) => {
    if (message.kind === 'live') {
      for (const entry of message.message.entries) take(message.message.scope, entry, origin);
    } else if (message.kind === 'ended') {
      forget(message.ended.scope, message.userId);
    } else if (message.kind === 'live-asked' && origin === 'elsewhere') {
      tellAll();
    } else if (message.kind === 'live-known' && origin === 'elsewhere') {
      for (const known of message.messages) takeKnown(known);
    }
  });

  return {
    async report(actor, { scope, mode, fix, visit, ...word }) {
      const newestMs = Math.max(fix?.atMs ?? 0, visit?.atMs ?? 0);
      if (newestMs > clock.nowMs() + limits.maxClockAheadMs) {
        throw new JamzError('clock-ahead', 'This fix is from the future: set the clock');
      }
      await logs.admit(actor, row, scope);
      const isOver = mode === 'off' || (word.untilMs ?? Number.POSITIVE_INFINITY) <= clock.nowMs();
      const entry: LiveEntry = {
        ...word,
        memberId: actor.userId,
        mode,
        fix: isOver ? null : fix && asShared(fix, mode),
        // At which place somebody is is finer than a square of a kilometre.
        ...(visit && fix && !isOver && mode === 'precise' ? { visit } : {}),
      };
      const key = keyOf(entry);
      const known = outbox.waiting(scope)?.get(key) ?? scopes.get(scope)?.get(key)?.entry;
      const knownAtMs = known?.fix?.atMs ?? scopes.get(scope)?.get(key)?.atMs ?? 0;
      if (entry.fix && entry.fix.atMs < knownAtMs) return;
      if (!known && devicesOf(scope, actor.userId) >= maxDevices) {
        throw new JamzError(
          'quota-exceeded',
          `At most ${maxDevices} devices of one member at once`,
        );
      }
      send(scope, entry);
      // Who says “off” is told that it was heard, and says it no more: the others have to know before, not later.
      if (!entry.fix) outbox.flush(scope);
    },
    known: knownOf,
    ask() {
      learned.clear();
      for (const devices of scopes.values()) {
        for (const known of devices.values()) known.isDoubtful = known.origin === 'elsewhere';
      }
      bus.publish({ kind: 'live-asked' });
    },
    settle(dropUnnamed) {
      const changed = new Set(learned);
      learned.clear();
      for (const [scope, devices] of dropUnnamed ? scopes : []) {
        for (const [key, { isDoubtful }] of devices) {
          if (isDoubtful && devices.delete(key)) changed.add(scope);
        }
        if (devices.size === 0) scopes.delete(scope);
      }
      return [...changed];
    },
    close: unsubscribe,
  };
}

function goneFrom({ visit: _, ...entry }: LiveEntry): LiveEntry {
  return { ...entry, fix: null };
}

/** A device that says too much is not passed on: *coarse* has neither course nor speed. */
function asShared(fix: Fix, mode: LiveReport['mode']): Fix {
  if (mode !== 'coarse') return fix;
  const { lat, lng, accuracyM, atMs } = fix;
  return { lat, lng, accuracyM, atMs };
}

function keyOf({ memberId, deviceId }: LiveEntry): string {
  return `${memberId} ${deviceId}`;
}
