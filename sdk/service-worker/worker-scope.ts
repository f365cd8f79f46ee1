/** An event that lasts as long as the work it is given. */
export interface LastingEvent {
  waitUntil(work: Promise<unknown>): void;
}

export interface WorkerEvents {
  readonly install: LastingEvent;
  readonly activate: LastingEvent;
  readonly message: LastingEvent & {
    readonly data: unknown;
    readonly ports: readonly MessagePort[];
  };
  readonly fetch: LastingEvent & {
    readonly request: Request;
    respondWith(answer: Promise<Response>): void;
  };
  /** Background Sync: there is a network again. */
  readonly sync: LastingEvent & { readonly tag: string };
  readonly periodicsync: LastingEvent & { readonly tag: string };
  readonly push: LastingEvent & { readonly data: { json(): unknown } | null };
  readonly notificationclick: LastingEvent & { readonly notification: Notification };
}

/**
 * What is used here of `ServiceWorkerGlobalScope`. TypeScript's libraries for pages and for workers exclude each
 * other, so it is written down.
 */
export interface WorkerScope {
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
  readonly registration: Pick<
    ServiceWorkerRegistration,
    'scope' | 'showNotification' | 'getNotifications'
  >;
  readonly clients: {
    matchAll(options: {
      readonly type: 'window';
      readonly includeUncontrolled: true;
    }): Promise<readonly WindowClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener<Type extends keyof WorkerEvents>(
    type: Type,
    listener: (event: WorkerEvents[Type]) => void,
  ): void;
}

export interface WindowClient {
  readonly url: string;
  focus(): Promise<unknown>;
}
