import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OutgoingPush, PushSender } from '../../ports/push.ts';
import { type FakePushService, fakePushService } from './fake-push-service-fixture.ts';
import { newVapidKeys, webPushSender } from './web-push.ts';

describe('Web Push', () => {
  let service: FakePushService;
  let sender: PushSender;
  const keys = newVapidKeys();
  const vapid = { ...keys, subject: 'mailto:ops@jamz.example' };
  before(async () => {
    service = await fakePushService();
    sender = webPushSender({ ...vapid, allowed: [service.origin], timeoutMs: 60_000 });
  });
  after(async () => {
    await sender.close();
    await service.close();
  });

  const push = (more: Partial<OutgoingPush> = {}): OutgoingPush => {
    const { endpoint, keys: own } = service.subscribe();
    return {
      to: { endpoint, ...own },
      ...{ text: '{"hello":"é"}', ttlS: 600, urgency: 'high', topic: 'abc_-' },
      ...more,
    };
  };
  const answering = async (status: number, headers: Record<string, string> = {}) => {
    service.answer = () => ({ status, headers });
    return sender.send(push()).finally(() => {
      service.answer = () => undefined;
    });
  };

  it('[WP4] arrives encrypted for its browser, signed, with time to live, urgency and topic', async () => {
    equal(await sender.send(push()), 'sent');
    const got = service.received.at(-1);
    equal(got?.text, '{"hello":"é"}');
    const { ttl, urgency, topic, 'content-encoding': encoding } = got?.headers ?? {};
    deepEqual([ttl, urgency, topic, encoding], ['600', 'high', 'abc_-', 'aes128gcm']);
    deepEqual([got?.claims.aud, got?.claims.sub], [service.origin, 'mailto:ops@jamz.example']);
    ok((got?.claims.exp ?? 0) * 1_000 < Date.now() + 24 * 3_600_000);
  });

  it('[WP5] says that a browser is gone where its push service does', async () => {
    equal(await answering(410), 'gone');
    equal(await answering(404), 'gone');
  });

  it('may pass later where the service is busy or fails, and says when', async () => {
    await rejects(answering(429, { 'retry-after': '7' }), {
      code: 'unavailable',
      retryAfterMs: 7_000,
    });
    await rejects(answering(503), { code: 'unavailable', retryAfterMs: undefined });
  });

  it('is final where the service says no', async () => {
    await rejects(answering(413), { code: 'too-large' });
    await rejects(answering(400), { code: 'forbidden' });
    await rejects(answering(301, { location: 'http://169.254.169.254/' }), { code: 'forbidden' });
  });

  it('[WP4] sends nothing that is too long, nor to keys that are none', async () => {
    await rejects(sender.send(push({ text: 'x'.repeat(3_001) })), { code: 'too-large' });
    equal(await sender.send(push({ text: 'x'.repeat(3_000) })), 'sent');
    ok((service.received.at(-1)?.bytes ?? 9_999) <= 4_096);
    const { endpoint } = service.subscribe();
    const to = { endpoint, p256dh: 'AAAA', auth: 'x' };
    await rejects(sender.send(push({ to })), { code: 'invalid' });
  });

  it('[WP6] sends to push services that are known, or that the operator named, and nowhere else', async () => {
    const strict = webPushSender(vapid);
    for (const endpoint of [
      'https://fcm.googleapis.com/fcm/send/x',
      'https://updates.push.services.mozilla.com/wpush/v2/x',
      'https://web.push.apple.com/x',
      'https://wns2-par02p.notify.windows.com/w/?token=x',
    ]) {
      equal(strict.refusalOf(endpoint), undefined, endpoint);
    }
    for (const endpoint of [
      'http://fcm.googleapis.com/x',
      'https://fcm.googleapis.com:8443/x',
      'https://u:p@fcm.googleapis.com/x',
      'https://fcm.googleapis.com.evil.example/x',
      'https://evil.example/fcm.googleapis.com',
      'https://169.254.169.254/latest',
      'https://localhost/x',
      'file:///etc/passwd',
      'fcm',
    ]) {
      match(strict.refusalOf(endpoint) ?? '', /\w/, endpoint);
      const to = { ...push().to, endpoint };
      await rejects(strict.send(push({ to })), { code: 'forbidden' });
    }
    equal(strict.refusalOf(`${service.origin}/x`) === undefined, false);
    await strict.close();
  });

  it('is `unavailable` where nobody answers, in the time it has, and once it is closed', async () => {
    const hasty = webPushSender({ ...vapid, allowed: ['http://127.0.0.1:9'], timeoutMs: 500 });
    const to = { ...push().to, endpoint: 'http://127.0.0.1:9/x' };
    await rejects(hasty.send(push({ to })), { code: 'unavailable' });
    await hasty.close();
    await rejects(hasty.send(push({ to })), { code: 'unavailable' });
  });
});
