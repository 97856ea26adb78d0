import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { computePause, MAX_ATTEMPTS } from '../../../src/service/webhooks/schedule.js';
import { createSecret } from '../../../src/service/webhooks/secret.js';
import { WebhookSender } from '../../../src/service/webhooks/send.js';
import { startReceiver } from './receiver.js';

function senderTo(...hosts: string[]): WebhookSender {
  const sender = new WebhookSender(new Set(hosts));
  onTestFinished(() => sender.close());
  return sender;
}

describe('a webhook on its way', () => {
  it('is signed by every secret that is in use, so that receivers verify it', async () => {
    const receiver = await startReceiver();
    const [fresh, old] = [createSecret(), createSecret()];
    const body = JSON.stringify({ type: 'inspection.done', data: { id: '1' } });
    const outcome = await senderTo(receiver.host).send(
      { id: 'msg_1', url: receiver.url, secrets: [fresh, old], body },
      new Date(),
    );
    expect(outcome).toEqual({ outcome: 'delivered', status: 204 });
    const [got] = receiver.received;
    expect(got).toMatchObject({ method: 'POST', path: '/hook', body });
    for (const secret of [fresh, old]) {
      expect(new Webhook(secret).verify(body, got?.headers as Record<string, string>)).toEqual(
        JSON.parse(body),
      );
    }
    expect(() => new Webhook(createSecret()).verify(body, got?.headers as Record<string, string>)).toThrow();
  });

  it('does not follow a redirect', async () => {
    const [receiver, elsewhere] = [await startReceiver(), await startReceiver()];
    receiver.answer = { status: 307, headers: { location: elsewhere.url } };
    const outcome = await senderTo(receiver.host, elsewhere.host).send(
      { id: 'msg_1', url: receiver.url, secrets: [createSecret()], body: '{}' },
      new Date(),
    );
    expect(outcome).toEqual({ outcome: 'refused', status: 307 });
    expect(elsewhere.received).toEqual([]);
  });

  it.each([
    [200, undefined, { outcome: 'delivered', status: 200 }],
    [410, undefined, { outcome: 'gone', status: 410 }],
    [429, '120', { outcome: 'refused', status: 429, retryAfterMillis: 120_000 }],
    [503, 'Wed, 21 Oct 2026 07:28:00 GMT', { outcome: 'refused', status: 503 }],
    [500, undefined, { outcome: 'refused', status: 500 }],
  ])('takes %i for what it says', async (status, retryAfter, wanted) => {
    const receiver = await startReceiver();
    receiver.answer = {
      status,
      ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
    };
    const message = { id: 'msg_1', url: receiver.url, secrets: [createSecret()], body: '{}' };
    expect(await senderTo(receiver.host).send(message, new Date())).toEqual(wanted);
  });

  it('is delivered whatever the endpoint says at length', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 200, body: Buffer.alloc(5_000_000) };
    const message = { id: 'msg_1', url: receiver.url, secrets: [createSecret()], body: '{}' };
    expect(await senderTo(receiver.host).send(message, new Date())).toEqual({
      outcome: 'delivered',
      status: 200,
    });
  });

  it('says why where nothing answers, and gives up when told to', async () => {
    const receiver = await startReceiver();
    const message = { id: 'msg_1', url: receiver.url, secrets: [createSecret()], body: '{}' };
    receiver.answer = { status: 200, hang: true };
    const stop = new AbortController();
    const attempt = senderTo(receiver.host).send(message, new Date(), stop.signal);
    setTimeout(() => stop.abort(), 200);
    expect(await attempt).toMatchObject({ outcome: 'failed' });
    await receiver.close();
    expect(await senderTo(receiver.host).send(message, new Date())).toEqual({
      outcome: 'failed',
      code: 'ECONNREFUSED',
    });
  });
});

describe('the schedule of attempts', () => {
  it('ends after three days', () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, made) => computePause(made + 1, 0.5) ?? 0);
    expect(pauses[0]).toBe(5_000);
    expect(pauses.every((pause, at) => at === 0 || pause > (pauses[at - 1] ?? 0))).toBe(true);
    expect(pauses.reduce((a, b) => a + b) / 86_400_000).toBeCloseTo(3.15, 1);
    expect(computePause(MAX_ATTEMPTS, 0.5)).toBeUndefined();
  });

  it('spreads, and waits as long as it is asked to, within bounds', () => {
    expect(computePause(2, 0)).toBe(240_000);
    expect(computePause(2, 1)).toBe(360_000);
    expect(computePause(1, 0.5, 60_000)).toBe(60_000);
    expect(computePause(1, 0.5, 10 ** 12)).toBe(86_400_000);
  });
});
