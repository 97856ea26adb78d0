import swagger from '@fastify/swagger';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { announceDeprecations, type Deprecation } from '../../src/http/contract/deprecation.js';
import { Problem } from '../../src/http/contract/problems/problem.js';
import { testApp } from './harness.js';

const ABOUT = '/docs/changes';

describe('routes that are to go', () => {
  it.each<[string, Deprecation | undefined, Record<string, string | undefined>]>([
    ['not deprecated', undefined, {}],
    [
      'deprecated',
      { since: '2026-11-26', about: ABOUT },
      { deprecation: '@1795651200', link: `<${ABOUT}>; rel="deprecation"; type="text/html"` },
    ],
    [
      'going',
      { since: '2026-11-26', sunset: '2027-06-30', about: ABOUT },
      { deprecation: '@1795651200', sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' },
    ],
  ])('%s: say it in answers, in refusals and in the description', async (_name, deprecated, headers) => {
    const app = fastify();
    onTestFinished(() => app.close());
    await app.register(swagger, { openapi: { openapi: '3.1.0' } });
    announceDeprecations(app);
    const config = deprecated === undefined ? {} : { deprecated };
    app.get('/fine', { config, schema: {} }, async () => ({}));
    app.get('/refused', { config, schema: {} }, async () => {
      throw new Problem('not-finished');
    });
    for (const url of ['/fine', '/refused']) {
      const answer = await app.inject({ url });
      for (const name of ['deprecation', 'sunset']) expect(answer.headers[name]).toBe(headers[name]);
      if (headers['link'] !== undefined) expect(answer.headers['link']).toBe(headers['link']);
    }
    const { paths } = app.swagger() as { paths: Record<string, { get: { deprecated?: boolean } }> };
    expect(paths['/fine']?.get.deprecated ?? false).toBe(deprecated !== undefined);
  });

  it('are none at present, and every answer has its Date', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: '/v1/health/live' });
    expect(answer.headers['deprecation']).toBeUndefined();
    expect(Date.parse(String(answer.headers['date']))).toBeGreaterThan(Date.parse('2026-01-01'));
    expect((await app.inject({ url: '/openapi.json' })).body).not.toContain('"deprecated":true');
  });
});
