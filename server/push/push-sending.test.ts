import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { virtualScheduler } from '../../sdk/testing/virtual-scheduler.ts';
import { createPushSending, type PushDelivery } from './push-sending.ts';

const push = (id: string): PushDelivery => ({
  ...{ subscriptionId: id, to: { endpoint: 'https://push.example', p256dh: '', auth: '' } },
  ...{ text: '{}', ttlS: 600, urgency: 'normal', topic: 't', atMs: 1 },
});

function atWork(
  fate: (id: string, tries: number) => Promise<'sent' | 'gone'>,
  maxWaiting = 100,
  costMs = 0,
) {
  const time = virtualScheduler();
  const [gone, failed]: [string[], unknown[]] = [[], []];
  const tries = new Map<string, number>();
  let spentMs = 0;
  let atOnce = 0;
  let most = 0;
  const sending = createPushSending({
    sender: {
      async send(delivery) {
        // What was pushed is a delivery of ours.
        const { subscriptionId } = delivery as PushDelivery;
        const count = (tries.get(subscriptionId) ?? 0) + 1;
        tries.set(subscriptionId, count);
        spentMs += costMs;
        atOnce += 1;
        most = Math.max(most, atOnce);
        return fate(subscriptionId, count).finally(() => {
          atOnce -= 1;
        });
      },
    },
    timers: time,
    random: () => 0.5,
    monotonicMs: () => spentMs,
    onGone: async (id) => void gone.push(id),
    onFailed: (error) => failed.push(error),
    maxWaiting,
  });
  return { ...time, sending, gone, failed, tries, most: () => most };
}

const busy = (retryAfterMs?: number): Promise<never> =>
  Promise.reject(
    new JamzError('unavailable', 'Busy', retryAfterMs === undefined ? {} : { retryAfterMs }),
  );

describe('the sending of push messages', () => {
  it('[WP3] tries again what a service could not take, and not what it will never take', async () => {
    const work = atWork((id, tries) => {
      if (id === 'never') return Promise.reject(new JamzError('forbidden', 'No'));
      return tries < 3 ? busy() : Promise.resolve('sent');
    });
    for (const id of ['later', 'never']) work.sending.add(push(id));
    await work.advance(60_000);
    deepEqual(
      [...work.tries],
      [
        ['later', 3],
        ['never', 1],
      ],
    );
    deepEqual([work.failed.length, work.sending.waiting], [1, 0]);
  });

  it('[WP7] gives up after five tries, and waits as long as the service asks', async () => {
    const work = atWork(() => busy());
    work.sending.add(push('a'));
    await work.advance(600_000);
    equal(work.tries.get('a'), 5);
    equal(work.failed.length, 1);
    const patient = atWork((_id, tries) => (tries === 1 ? busy(30_000) : Promise.resolve('sent')));
    patient.sending.add(push('b'));
    await patient.advance(29_999);
    equal(patient.tries.get('b'), 1);
    await patient.advance(60_000);
    equal(patient.tries.get('b'), 2);
  });

  it('does not try again after what it says is over', async () => {
    const work = atWork(() => busy(700_000));
    work.sending.add(push('a'));
    await work.advance(2_000_000);
    deepEqual([work.tries.get('a'), work.failed.length], [1, 1]);
  });

  it('[WP5] drops a browser that is gone', async () => {
    const work = atWork(async () => 'gone');
    work.sending.add(push('a'));
    await work.advance(0);
    deepEqual(work.gone, ['a']);
  });

  it('[WP7] holds no more than it may, and asks of few at once', async () => {
    const held = Promise.withResolvers<'sent'>();
    const work = atWork(() => held.promise);
    const taken = Array.from({ length: 150 }, (_, at) => work.sending.add(push(`p${at}`)));
    equal(taken.filter(Boolean).length, 100);
    equal(work.most(), 32);
    held.resolve('sent');
    await work.advance(0);
    equal(work.sending.waiting, 0);
  });

  it('[WP7] leaves four fifths of the time to everything else', async () => {
    const work = atWork(async () => 'sent', 100, 2);
    for (let at = 0; at < 10; at++) work.sending.add(push(`p${at}`));
    equal(work.tries.size, 1);
    await work.advance(8);
    equal(work.tries.size, 2);
    await work.advance(64);
    equal(work.tries.size, 10);
  });

  it('sends of one topic to one browser the newest of those that wait', async () => {
    const held = Promise.withResolvers<'sent'>();
    const work = atWork(() => held.promise);
    for (let at = 0; at < 32; at++) work.sending.add(push(`p${at}`));
    for (let at = 0; at < 5; at++) work.sending.add(push('late'));
    equal(work.sending.waiting, 33);
    held.resolve('sent');
    await work.advance(0);
    equal(work.tries.get('late'), 1);
  });

  it('[WP8] sends the newer of two of one topic, though an older one is put together later', async () => {
    const held = Promise.withResolvers<'sent'>();
    const work = atWork(() => held.promise);
    const settled: string[] = [];
    const said = (text: string, atMs: number): PushDelivery => ({
      ...{ ...push('late'), text, atMs },
      claim: async () => settled.push(`${text} claimed`) > 0,
      onSettled: () => settled.push(`${text} settled`),
    });
    for (let at = 0; at < 32; at++) work.sending.add(push(`p${at}`));
    equal(work.sending.add(said('second', 2)), true);
    equal(work.sending.add(said('first', 1)), true);
    equal(work.sending.waiting, 33);
    deepEqual(settled, ['first settled', 'first claimed']);
    held.resolve('sent');
    await work.advance(0);
    deepEqual(settled.slice(2), ['second claimed', 'second settled']);
  });

  it('[WP8] does not try an older one again once a newer of its topic has come', async () => {
    const work = atWork((_, tries) => (tries === 1 ? busy() : Promise.resolve('sent')));
    const settled: string[] = [];
    const said = (text: string, atMs: number): PushDelivery => ({
      ...{ ...push('late'), text, atMs },
      onSettled: () => settled.push(text),
    });
    work.sending.add(said('first', 1));
    await work.advance(0);
    equal(work.sending.waiting, 1);
    work.sending.add(said('second', 2));
    deepEqual(settled, ['first']);
    await work.advance(60_000);
    deepEqual(settled, ['first', 'second']);
    deepEqual([work.tries.get('late'), work.sending.waiting], [2, 0]);
  });

  it('drops what waits when it is closed', async () => {
    const work = atWork(() => busy());
    work.sending.add(push('a'));
    await work.advance(0);
    await work.sending.close();
    await work.advance(600_000);
    equal(work.tries.get('a'), 1);
    equal(work.sending.add(push('b')), false);
  });
});
