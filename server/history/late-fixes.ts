import { JamzError } from '../../sdk/protocol/errors.ts';
import { type DeviceId, type GroupId, groupScope } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Fix, SharingMode } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { rowFor } from '../access/table.ts';
import type { Clock } from '../ports/clock.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { HistoryChoices } from './history-choices.ts';
import { pointOf } from './position-points.ts';

/** A fix that was shared where no network was. */
export interface LateFix extends Fix {
  readonly mode: Exclude<SharingMode, 'off'>;
}

/** Where members were while they were offline, told afterwards. It goes into history and moves nobody's marker. */
export interface LateFixes {
  /**
   * Writes what is the sender's to tell: of the time since they joined, and nothing that they have had forgotten or
   * want not to be kept. Durable when it resolves; sent again it changes nothing.
   *
   * @returns how many were kept
   * @throws {JamzError} as {@link ScopeLogs.admit}; `clock-ahead` for fixes from the future, `unavailable` or
   *   `storage-full` while they cannot be written: then they can be sent again
   */
  take(
    actor: Actor,
    groupId: GroupId,
    deviceId: DeviceId,
    fixes: readonly LateFix[],
  ): Promise<number>;
}

export interface LateFixesDeps {
  readonly series: TimeSeries;
  readonly choices: HistoryChoices;
  readonly logs: Pick<ScopeLogs, 'admit'>;
  readonly clock: Clock;
}

const dayMs = 24 * 3_600_000;

export function createLateFixes({ series, choices, logs, clock }: LateFixesDeps): LateFixes {
  const row = rowFor('POST', '/v1/groups/:groupId/positions');
  return {
    async take(actor, groupId, deviceId, fixes) {
      const nowMs = clock.nowMs();
      if (fixes.some(({ atMs }) => atMs > nowMs + limits.maxClockAheadMs)) {
        throw new JamzError('clock-ahead', 'There are fixes from the future: set the clock');
      }
      const { state } = await logs.admit(actor, row, groupScope(groupId));
      const { userId, siteId } = actor;
      const member = state.kind === 'group' ? state.members.present.get(userId) : undefined;
      if (!member) throw new JamzError('forbidden', 'Only members tell where they were');
      const choice = await choices.of(userId);
      const siteDays = await choices.daysOf(siteId);
      const keptDays = Math.min(siteDays, choice.keepDays ?? siteDays);
      if (keptDays === 0) return 0;
      const sinceMs = Math.max(member.joinedAtMs, choice.forgottenMs, nowMs - keptDays * dayMs);
      const points = fixes.flatMap(({ mode, ...fix }) => {
        const entry = { memberId: userId, deviceId, mode, fix };
        return fix.atMs > sinceMs ? (pointOf(siteId, groupId, entry) ?? []) : [];
      });
      if (points.length === 0) return 0;
      await series.write(points);
      // Asked to forget while these were on their way: they are hidden by their time already, and go.
      const { forgottenMs } = await choices.of(userId);
      if (forgottenMs > choice.forgottenMs) {
        await series.forget({
          series: 'positions',
          tags: { member: userId },
          beforeMs: forgottenMs,
        });
      }
      return points.length;
    },
  };
}
