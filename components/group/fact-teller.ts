import type { SetAsideEntry, SyncStatus, User } from '../../sdk/index.ts';
import type { Access } from '../shared/access.ts';
import { tell } from '../shared/events.ts';

/** Turns what the streams of a connection say into the page's events, each fact once. */
export class FactTeller {
  readonly #element: EventTarget;
  #status = '';
  #userId: string | null | undefined;
  readonly #failures = new Map<'status' | 'access', string>();
  #told: ReadonlySet<string> = new Set();

  constructor(element: EventTarget) {
    this.#element = element;
  }

  status({ state, pending, error }: SyncStatus): void {
    const now = `${state} ${pending}`;
    if (now !== this.#status) {
      this.#status = now;
      tell(this.#element, 'jamz-status-change', { state, pending });
    }
    this.#tellFailure('status', state === 'ERROR' ? error : null);
  }

  user(user: User | null): void {
    const before = this.#userId;
    this.#userId = user?.id ?? null;
    if (this.#userId === before) return;
    if (user) {
      tell(this.#element, 'jamz-sign-in', { userId: user.id, name: user.name, guest: user.guest });
    } else if (before) {
      tell(this.#element, 'jamz-sign-out', {});
    }
  }

  setAside(entries: readonly SetAsideEntry[]): void {
    for (const { opId, reason } of entries) {
      if (this.#told.has(opId)) continue;
      tell(this.#element, 'jamz-error', { code: reason.code, message: reason.message });
    }
    this.#told = new Set(entries.map(({ opId }) => opId));
  }

  access(access: Access): void {
    if (access.kind === 'failed') this.#tellFailure('access', access);
    if (access.kind === 'ready') this.#tellFailure('access', null);
    if (access.kind === 'misconfigured') {
      this.#tellFailure('access', { code: 'invalid', message: access.message });
    }
  }

  #tellFailure(
    from: 'status' | 'access',
    failure: { readonly code: string; readonly message: string } | null,
  ): void {
    const now = failure ? `${failure.code} ${failure.message}` : '';
    if (failure && now !== this.#failures.get(from)) {
      tell(this.#element, 'jamz-error', { code: failure.code, message: failure.message });
    }
    this.#failures.set(from, now);
  }
}
