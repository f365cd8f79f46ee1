import { foldVersion } from '../merge/fold.ts';
import { JamzError } from '../protocol/errors.ts';
import type { ReplicaId, Scope } from '../protocol/ids.ts';
import { protocolVersion } from '../protocol/version.ts';
import type {
  Cursor,
  EndedScope,
  HelloAnswer,
  HelloMessage,
  LiveMessage,
  PullAnswer,
  WireGroup,
} from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';

const answerTimeoutMs = 20_000;

export interface GreeterEvents {
  replicaId(): ReplicaId;
  cursorOf(scope: Scope): Cursor | null;
  /** The server answered the greeting: the link is good. */
  greeted(): void;
  pulled(answer: PullAnswer): void;
  ended(ended: EndedScope): void;
  live(message: LiveMessage): void;
  groups(groups: readonly WireGroup[]): void;
  scopeFailed(scope: Scope, error: JamzError): void;
  linkFailed(error: JamzError): void;
}

/** Says on each new link who is here and which scopes are followed, and follows more as they are asked for. */
export class Greeter {
  readonly #events: GreeterEvents;
  readonly #followed = new Set<Scope>();
  #link: Link | undefined;
  #greeted = false;

  constructor(events: GreeterEvents) {
    this.#events = events;
  }

  get greeted(): boolean {
    return this.#greeted;
  }

  get followed(): ReadonlySet<Scope> {
    return this.#followed;
  }

  follow(scope: Scope): void {
    if (this.#followed.has(scope)) return;
    this.#followed.add(scope);
    if (this.#greeted) this.#follow(scope);
  }

  unfollow(scope: Scope): void {
    this.#followed.delete(scope);
  }

  use(link: Link | undefined): void {
    this.#link = link;
    this.#greeted = false;
    if (!link) return;
    const hello: HelloMessage = {
      version: protocolVersion,
      replicaId: this.#events.replicaId(),
      scopes: [...this.#followed].map((scope) => ({
        scope,
        cursor: this.#events.cursorOf(scope),
        fold: foldVersion,
      })),
    };
    link.request<HelloAnswer>('hello', hello, answerTimeoutMs).then(
      (answer) => {
        if (this.#link === link) this.#answered(answer);
      },
      (error: unknown) => {
        if (this.#link === link) this.#events.linkFailed(asJamzError(error));
      },
    );
  }

  #answered({ groups, pulls, ended, live }: HelloAnswer): void {
    this.#greeted = true;
    this.#events.greeted();
    this.#events.groups(groups);
    for (const pull of pulls) this.#events.pulled(pull);
    for (const end of ended) this.#events.ended(end);
    for (const { scope } of pulls) {
      const entries = live.find((message) => message.scope === scope)?.entries ?? [];
      this.#events.live({ scope, entries, whole: true });
    }
    const answered = new Set([...pulls, ...ended].map(({ scope }) => scope));
    for (const scope of this.#followed) if (!answered.has(scope)) this.#follow(scope);
  }

  #follow(scope: Scope): void {
    const link = this.#link;
    if (!link) return;
    const message = { scope, cursor: this.#events.cursorOf(scope), fold: foldVersion };
    link.request<PullAnswer & { live: LiveMessage }>('follow', message, answerTimeoutMs).then(
      (answer) => {
        if (this.#link !== link || !this.#followed.has(scope)) return;
        this.#events.pulled(answer);
        this.#events.live({ ...answer.live, whole: true });
      },
      (error: unknown) => {
        if (this.#link === link) this.#events.scopeFailed(scope, asJamzError(error));
      },
    );
  }
}

function asJamzError(error: unknown): JamzError {
  return error instanceof JamzError ? error : new JamzError('internal', String(error));
}
