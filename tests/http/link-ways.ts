import type { LightMyRequestResponse } from 'fastify';
import type { FetchRefusal } from '../../src/service/fetching/fetched.js';
import { type TestApp, testApp, upload } from './harness.js';
import { following, served } from './served.js';

export const follow = (
  { app }: Pick<TestApp, 'app'>,
  payload: object,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url: '/v1/inspections', payload, headers });

/** Follows a link to this path of a server that may be fetched from. */
async function to(path: string, parts: Parameters<typeof testApp>[0] = {}): Promise<LightMyRequestResponse> {
  const server = await served({
    ...(path === '/disallowed.png'
      ? { '/robots.txt': (_, response) => void response.end('User-agent: *\nDisallow: /disallowed') }
      : {}),
  });
  const env = { ...following(server), ...parts.env };
  return follow(await testApp({ ...parts, env }), { url: server.at(path) });
}

/** One request for each reason why a link yields no file. */
const REFUSALS: Record<FetchRefusal, () => Promise<LightMyRequestResponse>> = {
  'fetch.off': async () => follow(await testApp(), { url: 'http://example.org/a.png' }),
  'fetch.scheme': async () =>
    follow(await testApp({ env: { ASSAY_FETCH: 'all' } }), { url: 'file:///a.png' }),
  'fetch.credentials': async () =>
    follow(await testApp({ env: { ASSAY_FETCH: 'all' } }), { url: 'http://me:secret@example.org/a.png' }),
  'fetch.host': async () =>
    follow(await testApp({ env: { ASSAY_FETCH: 'example.com' } }), {
      url: 'http://example.org/a.png',
    }),
  'fetch.private': async () =>
    follow(await testApp({ env: { ASSAY_FETCH: 'all' } }), { url: (await served()).at('/photo.png') }),
  'fetch.robots': () => to('/disallowed.png'),
  'fetch.redirects': () => to('/loop'),
  'fetch.gone': () => to('/gone'),
  'fetch.login': () => to('/login'),
  'fetch.status': () => to('/status'),
  'fetch.tooLarge': () => to('/large.png', { env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } }),
  'fetch.timeout': () => to('/slow.png', { linkLimits: { millis: 300 } }),
  'fetch.encoding': () => to('/packed.png'),
  'fetch.unreachable': async () => {
    const env = { ASSAY_FETCH: '127.0.0.1:9' };
    return follow(await testApp({ env }), { url: 'http://127.0.0.1:9/a.png' });
  },
  'fetch.noMedia': () => to('/bare'),
};

export const LINK_WAYS = {
  ...REFUSALS,
  'exchanges-not-found': async () => {
    const { app } = await testApp({ env: { ASSAY_ALLOW_REVEAL: '1' } });
    return app.inject({ url: `${(await upload(app)).headers.location}/exchanges` });
  },
};
