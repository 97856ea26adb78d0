import { describe, expect, it } from 'vitest';
import { appliedPreferences } from '../../src/http/services/options/preference.js';
import { multipart, onePart, type TestApp, testApp } from './harness.js';

const send = ({ app }: TestApp, prefer: string) => {
  const { payload, headers } = multipart([onePart()]);
  return app.inject({ method: 'POST', url: '/v1/inspections', payload, headers: { ...headers, prefer } });
};

describe('Prefer: wait', () => {
  it('answers as it stands when the time is over', async () => {
    const answer = await send(await testApp(), 'wait=0');
    expect(answer.statusCode).toBe(202);
    expect(answer.headers['preference-applied']).toBe('wait=0');
    expect(answer.json().id).toBe(String(answer.headers['location']).split('/').at(-1));
  });

  it('waits no longer than until it has ended', async () => {
    const test = await testApp();
    const { id } = (await send(test, 'respond-async')).json();
    const waiting = test.app.inject({ url: `/v1/inspections/${id}`, headers: { prefer: 'wait=60' } });
    await test.stores.inspections.delete('local', id);
    expect((await waiting).statusCode).toBe(404);
  });

  it('is held to a minute, and left aside where it cannot be understood', async () => {
    const test = await testApp();
    const prefer = async (words: string) => {
      const { id } = (await send(test, 'respond-async')).json();
      await test.stores.inspections.delete('local', id);
      const answer = await test.app.inject({ url: `/v1/inspections/${id}`, headers: { prefer: words } });
      return answer.headers['preference-applied'];
    };
    expect(await prefer('wait=600')).toBe('wait=60');
    expect(await prefer('wait=soon')).toBeUndefined();
    expect(appliedPreferences({ respondAsync: true, wait: 5 })).toBe('respond-async, wait=5');
  });
});
