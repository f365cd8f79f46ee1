import { HlcClock } from '../../sdk/clock/hlc-clock.ts';
import { Outbox } from '../../sdk/sync/outbox.ts';
import { ScopeReplica } from '../../sdk/sync/scope-replica.ts';
import { Stamps } from '../../sdk/sync/stamps.ts';
import { DeviceClock } from '../world/device.ts';
import { type Mutant, replaced } from './mutant.ts';

/** Bugs of how a replica folds, shows and stamps. */
export const replicaMutants: readonly Mutant[] = [
  {
    name: 'cursor-before-fold',
    bug: 'The cursor moves, and now and then the fold is forgotten.',
    begin() {
      let count = 0;
      return replaced(
        ScopeReplica.prototype,
        'receive',
        (own) =>
          function (this: ScopeReplica, commits) {
            const [only] = commits;
            const next = (this.cursor?.[1] ?? -1) + 1;
            if (commits.length !== 1 || only?.seq !== next) return own.call(this, commits);
            count += 1;
            if (count % 5 !== 0) return own.call(this, commits);
            this.cursor = [only.generation, only.seq + only.count - 1, only.hash];
            return { folded: [only], covered: [], gap: false };
          },
      );
    },
  },
  {
    name: 'hlc-not-merged',
    bug: 'A clock does not take note of what it receives.',
    favours: ['server-clock', 'clock-jump'],
    begin: () => replaced(HlcClock.prototype, 'receive', () => () => {}),
  },
  {
    name: 'overlay-dropped-on-ack',
    bug: 'An acknowledged op leaves the screen before its commit has come.',
    phone: {
      engine({ replica }) {
        const own = replica.verdicts.applied.bind(replica.verdicts);
        replica.verdicts.applied = (pending) => {
          own(pending);
          replica.scope(pending.scope).drop(pending);
        };
      },
    },
  },
  {
    name: 'refused-stays-shown',
    bug: 'What was set aside is not taken off the screen.',
    begin: () => replaced(ScopeReplica.prototype, 'drop', () => () => {}),
  },
  {
    name: 'refused-in-silence',
    bug: 'A refused op is dropped, and nobody is told.',
    phone: {
      engine({ replica }) {
        replica.verdicts.refused = ({ scope, op }) => replica.forget(scope, op.opId);
      },
    },
  },
  {
    name: 'dependencies-ignored',
    bug: 'Ops are sent by priority alone.',
    begin: () =>
      replaced(
        Outbox.prototype,
        'add',
        (own) =>
          function (this: Outbox, pending) {
            Object.assign(pending, { dependsOn: [] });
            own.call(this, pending);
          },
      ),
  },
  {
    name: 'stamps-not-rebased',
    bug: 'Stamps made by the device’s own clock are sent as they are.',
    begin: () => replaced(Stamps.prototype, 'rebase', () => () => []),
  },
  {
    name: 'wall-clock-for-timers',
    bug: 'Durations are measured with the clock that people set.',
    favours: ['clock-jump'],
    begin: () =>
      replaced(
        DeviceClock.prototype,
        'scheduler',
        (own) =>
          function (this: DeviceClock, lifetime, screen, random) {
            return {
              ...own.call(this, lifetime, screen, random),
              monotonicMs: () => this.wallMs(),
            };
          },
      ),
  },
  {
    name: 'two-leaders',
    bug: 'A write asks nobody whether its term is over.',
    phone: {
      journal: (journal) => ({ ...journal, write: (change) => journal.write(change) }),
    },
  },
  {
    name: 'synced-too-early',
    bug: 'SYNCED is said while something still waits.',
    phone: {
      engine: ({ replica }) => Object.defineProperty(replica, 'pendingCount', { get: () => 0 }),
    },
  },
];
