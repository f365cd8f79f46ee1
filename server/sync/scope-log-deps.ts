import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Clock } from '../ports/clock.ts';
import type { Codec } from '../ports/codec.ts';
import type { LogsStore } from '../ports/store.ts';
import type { DraftCommit } from './commit-of.ts';
import type { PushJob } from './job.ts';
import type { View } from './view.ts';

/** What one scope's log needs of the process around it. */
export interface ScopeLogDeps {
  readonly store: LogsStore;
  readonly codec: Codec;
  readonly clock: Clock;
  /** @throws {JamzError} when who pushes may not, as of this state */
  readonly admit: (job: PushJob, state: ScopeState) => void;
  /** Brings up to date what is derived from the log, over a stretch of it. Doing it twice does no harm. */
  readonly derive: (
    scope: Scope,
    before: ScopeState,
    after: ScopeState,
    ops: readonly Op[],
  ) => Promise<void>;
  /** Answers have been given: now everybody else is told. */
  readonly announce: (
    scope: Scope,
    draft: DraftCommit,
    before: View,
    after: View,
    ops: readonly Op[],
  ) => void;
  /** Another process wrote what has just been read. */
  readonly caughtUp: (scope: Scope, before: View, after: View) => void;
  /** The log has gone back: who is in the group may be another by that. */
  readonly rewound: (scope: Scope, before: View, after: View, cut: readonly Op[]) => void;
  /** New refusals are being remembered: a time to forget old ones. */
  readonly forgetExpired: (nowMs: number) => void;
  readonly onBug: (error: unknown) => void;
}
