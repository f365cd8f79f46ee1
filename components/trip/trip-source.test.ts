import { expect } from '@open-wc/testing';
import type { Trip } from '../../sdk/index.ts';
import { harbourTrip } from './trip-fixture.ts';
import { TripSource, type TripWish } from './trip-source.ts';

let keys = 0;

describe('where a trip comes from', () => {
  let source: TripSource;
  let wish: TripWish | undefined;
  let offline: boolean;
  let key: string;
  /** What waits for its time. */
  let timers: { delayMs: number; task: () => void }[];
  let asked: PromiseWithResolvers<Trip>[];
  let failures: string[];

  beforeEach(() => {
    key = `trip ${keys++}`;
    offline = false;
    timers = [];
    asked = [];
    failures = [];
    source = create();
    wish = wishFor(key);
  });

  const create = (): TripSource => {
    const host = {
      addController() {},
      removeController() {},
      requestUpdate() {},
      updateComplete: Promise.resolve(true),
    };
    return new TripSource(host, {
      wish: () => wish,
      nowMs: () => 5_000,
      isOffline: () => offline,
      in(delayMs, task) {
        const timer = { delayMs, task };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
      onFailure: (code) => failures.push(code),
    });
  };
  const wishFor = (name: string): TripWish => ({
    key: name,
    load() {
      const answer = Promise.withResolvers<Trip>();
      asked.push(answer);
      return answer.promise;
    },
  });
  const answer = async (trip: Trip = harbourTrip): Promise<void> => {
    asked.shift()?.resolve(trip);
    await settled();
  };
  const refuse = async (code: string, more: object = {}): Promise<void> => {
    asked.shift()?.reject(Object.assign(new Error(code), { code, ...more }));
    await settled();
  };

  it('is asked once for the same wish', async () => {
    source.hostUpdate();
    source.hostUpdate();
    expect(asked).to.have.length(1);
    await answer();
    expect(source.state).to.include({ kind: 'ready', trip: harbourTrip, isBehind: false });
  });

  it('forgets an answer to what is wished no more', async () => {
    source.hostUpdate();
    wish = wishFor(`${key} later`);
    source.hostUpdate();
    await answer({ ...harbourTrip, title: 'the first' });
    expect(source.state.kind).to.equal('loading');
    await answer({ ...harbourTrip, title: 'the second' });
    expect(source.state.kind === 'ready' && source.state.trip.title).to.equal('the second');
  });

  it('tries again by itself while the server cannot answer, later each time, and says so once', async () => {
    source.hostUpdate();
    const delays: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      await refuse('unavailable');
      delays.push(timers[0]?.delayMs ?? 0);
      timers.shift()?.task();
    }
    expect(delays).to.deep.equal([4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(failures).to.deep.equal(['unavailable']);
    await answer();
    expect(source.state.kind).to.equal('ready');
    expect(timers).to.have.length(0);
  });

  it('waits as long as the server asks it to', async () => {
    source.hostUpdate();
    await refuse('rate-limited', { retryAfterMs: 30_000 });
    expect(timers[0]?.delayMs).to.equal(30_000);
  });

  it('does not ask again for what will not come', async () => {
    source.hostUpdate();
    await refuse('gone');
    expect(source.state).to.include({ kind: 'failed', code: 'gone' });
    expect(timers).to.have.length(0);
  });

  it('asks at once when the person says so, and not a second time later', async () => {
    source.hostUpdate();
    await refuse('unavailable');
    source.retry();
    expect(source.state.kind).to.equal('loading');
    expect([asked.length, timers.length]).to.deep.equal([1, 0]);
  });

  it('shows what the page had loaded, of then, where the server cannot answer', async () => {
    source.hostUpdate();
    await answer();
    source.hostDisconnected();
    source = create();
    source.hostUpdate();
    expect(source.state.kind).to.equal('loading');
    await refuse('unavailable');
    expect(source.state).to.include({ kind: 'ready', atMs: 5_000, isBehind: true });
    expect(source.isBehind).to.equal(true);
  });

  it('is the same object where the server has no news of it', async () => {
    source.hostUpdate();
    await answer();
    source.retry();
    await answer(structuredClone(harbourTrip));
    expect(source.state.kind === 'ready' && source.state.trip).to.equal(harbourTrip);
    source.retry();
    await answer({ ...harbourTrip, unseenCount: 0 });
    expect(source.state.kind === 'ready' && source.state.trip.unseenCount).to.equal(0);
  });

  it('shows it at once without a link', async () => {
    source.hostUpdate();
    await answer();
    source = create();
    offline = true;
    source.hostUpdate();
    expect(source.state).to.include({ kind: 'ready', isBehind: true });
  });

  it('keeps nothing of a trip that is over', async () => {
    source.hostUpdate();
    await answer();
    source.retry();
    await refuse('gone');
    source = create();
    offline = true;
    source.hostUpdate();
    expect(source.state.kind).to.equal('loading');
  });

  it('asks no more once its element is off the page', async () => {
    source.hostUpdate();
    await refuse('unavailable');
    source.hostDisconnected();
    expect(timers).to.have.length(0);
  });
});

/** Until what waited for an answer has run: that takes no more turns than these. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
