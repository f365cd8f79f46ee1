import type { ServerTime } from '../clock/server-time.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupOfScope, type Scope } from '../protocol/ids.ts';
import type { EndedScope, LiveMessage, LiveReport, WireGroup } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import { CatchUp } from './catch-up.ts';
import { Drain } from './drain.ts';
import { Greeter } from './greeter.ts';
import { openInbox } from './inbox.ts';
import type { PendingOp } from './pending-op.ts';
import { Probing } from './probing.ts';
import type { Replica } from './replica.ts';
import { Reports } from './reports.ts';
import type { Scheduler } from './scheduler.ts';

export interface LinkTalkDeps {
  readonly replica: Replica;
  readonly time: ServerTime;
  readonly scheduler: Scheduler;
  /** Whether somebody is looking. */
  readonly isVisible: () => boolean;
}

export interface LinkTalkEvents {
  /** The server answered the greeting: the link is good. */
  greeted(): void;
  /** The server's clock is known better now. */
  measured(): void;
  /** Something that the status tells may be another now. */
  moved(): void;
  live(message: LiveMessage): void;
  groups(groups: readonly WireGroup[]): void;
  ended(ended: EndedScope): void;
  /** The link gives no answer just now, and then it does again. */
  silent(): void;
  heard(): void;
  linkFailed(error: JamzError): void;
}

/** All that a replica says and hears over a link: greeting, clock, pushes, pulls, positions, news. */
export class LinkTalk {
  /** Takes what the server says without being asked. */
  readonly heard: (event: string, payload: unknown) => void;
  readonly #deps: LinkTalkDeps;
  readonly #events: LinkTalkEvents;
  readonly #greeter: Greeter;
  readonly #drain: Drain;
  readonly #catchUp: CatchUp;
  readonly #probing: Probing;
  readonly #reports: Reports;
  /** Scopes whose cursor is not on the log's chain: nothing is pushed to them before they have pulled. */
  readonly #astray = new Set<Scope>();

  constructor(deps: LinkTalkDeps, events: LinkTalkEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#reports = new Reports(deps.scheduler.after);
    const pending = (): number => deps.replica.pendingCount;
    this.#probing = new Probing(
      { ...deps, pending, isBusy: () => !this.isInStep },
      {
        measured: () => {
          events.measured();
          this.pump();
        },
        silent: events.silent,
        heard: events.heard,
        dead: (error) => events.linkFailed(error),
      },
    );
    this.#catchUp = this.#openCatchUp();
    this.#drain = this.#openDrain();
    this.#greeter = this.#openGreeter();
    this.heard = this.#openInbox();
  }

  /** Every cursor at its head, every op in the log. */
  get isInStep(): boolean {
    const { replica } = this.#deps;
    if (!this.#greeter.greeted || this.#catchUp.busy || replica.pendingCount > 0) return false;
    for (const scope of this.#greeter.followed) if (!replica.scope(scope).caughtUp) return false;
    return true;
  }

  /** Everything that talks gets the new link, or learns that there is none. */
  use(link: Link | undefined): void {
    this.#astray.clear();
    this.#catchUp.use(link);
    this.#probing.use(link);
    this.#greeter.use(link);
    this.#reports.use(link);
    this.#drain.use(link);
    // A replica that knows the server's clock and its scopes need not wait for the greeting's answer.
    this.pump();
  }

  follow(scope: Scope): void {
    this.#greeter.follow(scope);
  }

  report(report: LiveReport): void {
    this.#reports.tell(report);
  }

  /** Sends what can be sent. */
  pump(): void {
    this.#drain.pump();
    this.#probing.hurry();
  }

  /** A link that slept may be dead without knowing it. */
  check(): void {
    this.#probing.check();
  }

  #openCatchUp(): CatchUp {
    const { replica } = this.#deps;
    return new CatchUp({
      cursorOf: (scope) => replica.scope(scope).cursor,
      commits: (scope, commits, headSeq) => replica.receive(scope, commits, headSeq),
      snapshot: (...taken) => replica.replace(...taken),
      rewound: (scope, rewound) => replica.comeBack(scope, rewound),
      failed: (scope, error) => this.#scopeFailed(scope, error),
      settled: (scope) => {
        this.#astray.delete(scope);
        this.pump();
        this.#events.moved();
      },
    });
  }

  #openDrain(): Drain {
    const { replica, time, scheduler } = this.#deps;
    const { outbox, verdicts } = replica;
    const deps = {
      outbox,
      scheduler,
      allowed: (scope: Scope) =>
        time.known && replica.scope(scope).cursor !== null && !this.#astray.has(scope),
      cursorOf: (scope: Scope) => replica.scope(scope).cursor,
      freeze: (ops: readonly PendingOp[]) => {
        for (const pending of ops) pending.frozen = true;
      },
    };
    return new Drain(deps, {
      applied: (op) => verdicts.applied(op),
      commits: (scope, commits, headSeq) => {
        if (replica.receive(scope, commits, headSeq)) this.#catchUp.pull(scope);
      },
      refused: (op, error) => verdicts.refused(op, error),
      retry: (op, error) => verdicts.retryLater(op, error),
      putOff: (op) => verdicts.reissue(op),
      astray: (scope) => {
        this.#astray.add(scope);
        this.#catchUp.pull(scope);
      },
      scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
      linkFailed: (error) => this.#events.linkFailed(error),
    });
  }

  #openGreeter(): Greeter {
    const { replica } = this.#deps;
    return new Greeter({
      replicaId: () => replica.replicaId,
      cursorOf: (scope) => replica.scope(scope).cursor,
      greeted: () => {
        this.#events.greeted();
        this.pump();
      },
      pulled: (answer) => this.#catchUp.take(answer),
      ended: (ended) => this.#ended(ended),
      live: (message) => this.#events.live(message),
      groups: (groups) => this.#groups(groups),
      scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
      linkFailed: (error) => this.#events.linkFailed(error),
    });
  }

  #openInbox(): LinkTalk['heard'] {
    const { replica } = this.#deps;
    return openInbox({
      follows: (scope) => this.#greeter.followed.has(scope),
      cursorOf: (scope) => replica.scope(scope).cursor,
      commits: (scope, commits) => replica.receive(scope, commits, 0),
      pull: (scope) => {
        this.#catchUp.pull(scope);
        this.#events.moved();
      },
      live: (message) => this.#events.live(message),
      // A code that ends nothing must not take a scope off the device.
      ended: ({ scope, code, message }) => this.#scopeFailed(scope, new JamzError(code, message)),
      groups: (groups) => this.#groups(groups),
      scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
      nonsense: (error) => this.#events.linkFailed(error),
    });
  }

  /** What is kept of a group that ended where its end could not be written, and that nobody has asked for since, goes. */
  #groups(groups: readonly WireGroup[]): void {
    const { replica } = this.#deps;
    for (const { scope, cursor, pendingCount } of [...replica.scopes]) {
      const groupId = cursor && groupOfScope(scope);
      if (!groupId || pendingCount > 0 || this.#greeter.followed.has(scope)) continue;
      if (!groups.some(({ id }) => id === groupId)) replica.end(scope);
    }
    this.#events.groups(groups);
  }

  #scopeFailed(scope: Scope, error: JamzError): void {
    switch (error.code) {
      case 'removed':
      case 'gone':
      case 'forbidden':
      case 'not-found':
      case 'update-needed':
        this.#ended({ scope, code: error.code, message: error.message });
        break;
      default:
        this.#events.linkFailed(error);
    }
  }

  #ended(ended: EndedScope): void {
    const error = new JamzError(ended.code, ended.message);
    if (ended.code === 'update-needed') {
      this.#events.linkFailed(error);
      return;
    }
    this.#greeter.unfollow(ended.scope);
    this.#catchUp.forget(ended.scope);
    this.#deps.replica.end(ended.scope, error);
    this.#events.ended(ended);
  }
}
