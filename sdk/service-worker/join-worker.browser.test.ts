import { expect, nextFrame } from '@open-wc/testing';
import { BehaviorSubject } from 'rxjs';
import type { User } from '../api.ts';
import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import { restingStatus, type SyncStatus } from '../sync/status.ts';
import { joinWorker } from './join-worker.ts';
import type { Registry, StoredToken, WorkerReplica } from './registry.ts';
import { drainTag, here, isJoin, refreshTag } from './words.ts';

const ana: User = { id: 'ana', name: 'Ana', guest: true };

/** A registry that is a map. */
function mapRegistry() {
  const replicas = new Map<string, WorkerReplica>();
  const tokens = new Map<string, StoredToken>();
  const registry = {
    list: async () => [...replicas.values()],
    async join(replica: WorkerReplica) {
      replicas.set(replica.name, replica);
    },
    async leave(name: string) {
      replicas.delete(name);
      tokens.delete(name);
    },
    token: async (name: string) => tokens.get(name),
    async setToken(name: string, token: StoredToken) {
      tokens.set(name, token);
    },
    close() {},
  } as unknown as Registry;
  return { registry, replicas, tokens };
}

describe('a page and its site’s service worker', () => {
  let kept: ReturnType<typeof mapRegistry>;
  let asked: string[];
  let user$: BehaviorSubject<User | null>;
  let status$: BehaviorSubject<SyncStatus>;
  let posts: string[];
  let answers: boolean;
  let failing: boolean;

  const status = (change: Partial<SyncStatus>): void =>
    status$.next({ ...status$.value, ...change });

  beforeEach(async () => {
    kept = mapRegistry();
    asked = [];
    posts = [];
    answers = true;
    failing = false;
    user$ = new BehaviorSubject<User | null>(ana);
    status$ = new BehaviorSubject<SyncStatus>(restingStatus);
  });
  afterEach(() => status$.complete());

  const begin = async (): Promise<void> => {
    const active = {
      postMessage(data: unknown, [port]: [MessagePort]) {
        if (answers && isJoin(data)) port.postMessage(here);
      },
    };
    const registration = {
      active,
      sync: {
        async register(tag: string) {
          asked.push(tag);
        },
      },
      periodicSync: {
        async register(tag: string, { minInterval }: { minInterval: number }) {
          asked.push(`${tag} ${minInterval}`);
          throw new DOMException('Not installed.', 'NotAllowedError');
        },
      },
    };
    const http = async (method: string, path: string): Promise<unknown> => {
      posts.push(`${method} ${path}`);
      if (failing) throw new JamzError('unavailable', 'The server is not there.');
      return { drainToken: `token ${posts.length}`, expiresInMs: 1_000 };
    };
    void joinWorker(registration as never, {
      jamz: {
        server: 'https://jamz.example',
        site: 'pk_test',
        session: { user$, restored: Promise.resolve(user$.value) } as never,
        status$,
      },
      namespace: 'main',
      nameOf: (userId) => `jamz:${userId}`,
      http: http as Http,
      openRegistry: () => kept.registry,
    });
    await nextFrame();
    await nextFrame();
  };

  it('entrusts its replica to it, with a token as soon as it is in step', async () => {
    await begin();
    expect([...kept.replicas.keys()]).to.deep.equal(['jamz:ana']);
    expect(posts).to.deep.equal([]);
    status({ state: 'SYNCED' });
    await nextFrame();
    expect(kept.tokens.get('jamz:ana')?.token).to.equal('token 1');
    status({ state: 'SYNCING' });
    status({ state: 'SYNCED' });
    await nextFrame();
    expect(posts).to.deep.equal(['POST auth/drain']);
  });

  it('asks again for a token that did not come, when the server is there again', async () => {
    failing = true;
    await begin();
    status({ state: 'SYNCED' });
    status({ pending: 0 });
    await nextFrame();
    expect(posts.length).to.equal(1);
    failing = false;
    status({ state: 'OFFLINE' });
    status({ state: 'SYNCED' });
    await nextFrame();
    expect(kept.tokens.get('jamz:ana')?.token).to.equal('token 2');
  });

  it('asks for no token that it has since less than a day', async () => {
    kept.tokens.set('jamz:ana', { token: 'fresh', givenAtMs: Date.now(), expiresAtMs: 0 });
    await begin();
    status({ state: 'SYNCED' });
    await nextFrame();
    expect(posts).to.deep.equal([]);
  });

  it('does nothing where TrafficJamz is not in the site’s worker', async () => {
    answers = false;
    await begin();
    status({ state: 'OFFLINE', pending: 1 });
    expect([kept.replicas.size, asked]).to.deep.equal([0, []]);
  });

  it('[SW1] asks for a sync when something waits without a network, once', async () => {
    await begin();
    status({ state: 'SYNCING', pending: 1 });
    expect(asked.filter((tag) => tag === drainTag).length).to.equal(0);
    status({ state: 'OFFLINE', pending: 1 });
    status({ state: 'OFFLINE', pending: 2 });
    expect(asked.filter((tag) => tag === drainTag).length).to.equal(1);
    status({ state: 'SYNCED', pending: 0 });
    status({ state: 'OFFLINE', pending: 1 });
    expect(asked.filter((tag) => tag === drainTag).length).to.equal(2);
  });

  it('[SW3] asks to be refreshed once a day, and lives where that is not allowed', async () => {
    await begin();
    expect(asked).to.deep.equal([`${refreshTag} 86400000`]);
  });

  it('[SW7] takes everything back at sign-out, and another person’s before the next', async () => {
    await begin();
    status({ state: 'SYNCED' });
    await nextFrame();
    user$.next({ ...ana, id: 'bo' });
    await nextFrame();
    expect([...kept.replicas.keys()]).to.deep.equal(['jamz:bo']);
    expect(kept.tokens.has('jamz:ana')).to.equal(false);
    user$.next(null);
    await nextFrame();
    expect(kept.replicas.size + kept.tokens.size).to.equal(0);
  });

  it('leaves the replicas of other sites and namespaces on the list', async () => {
    const other = { server: 'https://jamz.example', site: 'pk_test', userId: 'ana' };
    kept.replicas.set('left', { ...other, name: 'left', namespace: 'left' });
    await begin();
    user$.next(null);
    await nextFrame();
    expect([...kept.replicas.keys()]).to.deep.equal(['left']);
  });
});
