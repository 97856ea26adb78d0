import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { httpLimits } from '../../src/http/contract/limits.js';
import { listen, multipart, onePart, type TestApp, testApp, upload } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

/** Queues an inspection without a worker; the test decides what becomes of it. */
async function queued(test: TestApp, as: Record<string, string> = {}): Promise<string> {
  const { payload, headers } = multipart([onePart()]);
  const answer = await test.app.inject({
    method: 'POST',
    url: '/v1/inspections',
    payload,
    headers: { ...headers, ...as, prefer: 'respond-async' },
  });
  expect(answer.statusCode).toBe(202);
  return answer.json().id;
}

interface Told {
  event: string;
  data: { id: string; status: string };
}

/** Yields the messages of a stream. */
async function* told(port: number, path: string): AsyncGenerator<Told> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(message) ?? [];
      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) };
    }
  }
}

describe('events of an inspection', () => {
  it('tell where it stands and how it ends, and end with it', async () => {
    const test = await testApp();
    const port = await listen(test);
    const id = await queued(test);
    const states: string[] = [];
    for await (const { event, data } of told(port, `/v1/inspections/${id}/events`)) {
      expect(data).toMatchObject({ id, status: event });
      expect(data).not.toHaveProperty('report');
      states.push(event);
      if (event === 'queued') await test.stores.inspections.delete('local', id).then(() => undefined);
    }
    // After the deletion there are no further events.
    expect(states).toEqual(['queued']);
  });

  it('are one where it has ended before', async () => {
    const test = await testApp();
    const port = await listen(test);
    const { location } = (await upload(test.app)).headers;
    const all: string[] = [];
    for await (const { event } of told(port, `${location}/events`)) all.push(event);
    expect(all).toEqual(['done']);
  });

  it('are not of another, and not without end', async () => {
    const test = await testApp();
    const port = await listen(test);
    const id = await queued(test);
    expect((await test.app.inject({ url: '/v1/inspections/none/events' })).statusCode).toBe(404);
    const url = `http://127.0.0.1:${port}/v1/inspections/${id}/events`;
    const open = Array.from({ length: httpLimits.eventStreams }, () => request(url));
    try {
      await Promise.all(open.map((one) => new Promise((resolve) => one.once('response', resolve).end())));
      const more = await fetch(url);
      const { code } = (await more.json()) as { code: string };
      expect([more.status, code]).toEqual([503, 'too-many-streams']);
      expect(more.headers.get('retry-after')).not.toBeNull();
    } finally {
      for (const one of open) one.destroy();
    }
    await expect
      .poll(async () => {
        const again = new AbortController();
        const { status } = await fetch(url, { signal: again.signal });
        again.abort();
        return status;
      })
      .toBe(200);
  });
});

describe('events for a key', () => {
  it('are no more at once than its share, and others have theirs', async () => {
    const test = await guarded();
    const port = await listen(test);
    const [greedy, other] = [bearer(await newKey(test)), bearer(await newKey(test))];
    const id = await queued(test, greedy);
    const url = `http://127.0.0.1:${port}/v1/inspections/${id}/events`;
    const open = Array.from({ length: httpLimits.eventStreamsPerKey }, () =>
      request(url, { headers: greedy }),
    );
    const asked = async (headers: Record<string, string>) => {
      const again = new AbortController();
      const answer = await fetch(url, { headers, signal: again.signal });
      const code = answer.ok ? undefined : ((await answer.json()) as { code: string }).code;
      again.abort();
      return [answer.status, code, answer.headers.get('retry-after') !== null];
    };
    try {
      await Promise.all(open.map((one) => new Promise((resolve) => one.once('response', resolve).end())));
      expect(await asked(greedy)).toEqual([429, 'too-many-open-streams', true]);
      expect(await asked(other)).toEqual([200, undefined, false]);
    } finally {
      for (const one of open) one.destroy();
    }
    await expect.poll(() => asked(greedy)).toEqual([200, undefined, false]);
  });
});

describe('events of a batch', () => {
  it('are refused where there is none', async () => {
    const { app } = await testApp();
    expect((await app.inject({ url: '/v1/batches/none/events' })).statusCode).toBe(404);
  });
});
