import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../src/config/settings.js';
import { kill, launch, stopped } from '../../cli/launched.js';
import { fixture } from '../../cli/spawn-assay.js';
import { multipart, temporaryDirectory } from '../../http/posting.js';
import { thrown } from '../../i18n/english.js';
import { fetched } from '../../support/fetched.js';

interface Span {
  name: string;
  spanId: string;
  parentSpanId?: string;
  traceId: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  events: { name: string; attributes: { key: string; value: Record<string, unknown> }[] }[];
}

/** Starts a collector for the test: OTLP over HTTP, in JSON. */
async function collector() {
  const bodies: string[] = [];
  const keys: unknown[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    bodies.push(text);
    keys.push(`${request.url} ${request.headers['x-key']}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const spans = (): Span[] =>
    bodies.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((one: { scopeSpans: { spans: Span[] }[] }) =>
        one.scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return { url: `http://127.0.0.1:${port}`, text: () => bodies.join('\n'), keys, spans };
}

const HOME = '/home/somebody-here';

const values = (of: Pick<Span, 'attributes'>) =>
  Object.fromEntries(of.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

describe('traces', () => {
  it('tell where a request spent its time, and nothing of what it was about', async () => {
    const to = await collector();
    const program = await launch('serve', {
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_SELF_TEST: 'skip',
      ASSAY_LOG_LEVEL: 'silent',
      ASSAY_PREVIEWS: 'off',
      HOME,
      OTEL_EXPORTER_OTLP_ENDPOINT: to.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=s%20t',
    });
    onTestFinished(() => kill(program));
    const content = readFileSync(fixture('c2pa/png-c2pa-trained.png'));
    const secret = 'Grandmother-at-the-lake';
    const send = async (prefer: Record<string, string>) => {
      const { payload, headers } = multipart([
        { name: 'file', filename: `${secret}.png`, content },
        { name: 'caseRef', content: secret },
      ]);
      const body = new Uint8Array(payload);
      const url = `${program.url}/v1/inspections?lang=zh-Hans`;
      const traceparent = '00-11111111111111111111111111111111-2222222222222222-01';
      const answer = await fetched(url, {
        method: 'POST',
        body,
        headers: { ...headers, ...prefer, traceparent, 'cache-control': 'no-cache' },
      });
      return `${program.url}${answer.headers.get('location')}`;
    };
    await send({});
    const later = await send({ prefer: 'respond-async' });
    while ((await fetched(later)).status === 202) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await stopped(program)).toBe(0);

    const spans = to.spans();
    const named = (name: string) => spans.filter((span) => span.name === name);
    const [request] = named('POST /v1/inspections');
    expect(values(request as Span)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/v1/inspections',
      'http.response.status_code': 201,
    });
    // The client's own trace id is not trusted.
    expect([request?.parentSpanId ?? '', request?.traceId]).not.toContain('11111111111111111111111111111111');
    const below = spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId);
    expect(below.map(({ name }) => name).sort()).toEqual(['inspect', 'keep', 'receive']);
    const inspected = below.find(({ name }) => name === 'inspect');
    const steps = (inspected?.events ?? []).map(values);
    expect(steps.map((step) => step['assay.step'])).toEqual(
      expect.arrayContaining(['hash', 'c2pa', 'detect']),
    );
    expect(steps.find((step) => step['assay.step'] === 'c2pa')).toMatchObject({ 'assay.engine': 'native' });
    const [job] = named('job');
    expect(values(job as Span)).toMatchObject({ 'assay.attempt': 1 });
    expect(spans.some(({ name, parentSpanId }) => name === 'inspect' && parentSpanId === job?.spanId)).toBe(
      true,
    );

    expect(new Set(to.keys)).toEqual(new Set(['/v1/traces s t']));
    const text = to.text();
    for (const word of [secret, 'zh-Hans', 'caseRef', '.png', HOME, '127.0.0.1']) {
      expect(text).not.toContain(word);
    }
  });

  it('go nowhere that the operator denies, though it is named', async () => {
    const to = await collector();
    const program = await launch('serve', {
      ASSAY_DATA_DIR: temporaryDirectory(),
      ASSAY_SELF_TEST: 'skip',
      ASSAY_LOG_LEVEL: 'silent',
      OTEL_EXPORTER_OTLP_ENDPOINT: to.url,
      ASSAY_FETCH_DENY: '10.0.0.0/8, 127.0.0.1',
    });
    onTestFinished(() => kill(program));
    expect((await fetched(`${program.url}/v1/capabilities`)).status).toBe(200);
    expect(await stopped(program)).toBe(0);
    expect(to.keys).toEqual([]);
  });

  it.each([
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, undefined],
    [{ OTEL_SERVICE_NAME: 'desk' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' }, 'http://c:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/base' }, 'http://c:4318/base/v1/traces'],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://d/traces',
      },
      'https://d/traces',
    ],
  ])('%j go to %s', (env, endpoint) => {
    expect(readConfig(env).tracing?.endpoint).toBe(endpoint);
  });

  it.each([
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_EXPORTER_OTLP_HEADERS: 'secret' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_EXPORTER_OTLP_HEADERS: 'x=%zz' },
  ])('refuses %j, and repeats no value', (env) => {
    expect(thrown(() => readConfig(env))).toMatch(/^OTEL_EXPORTER_OTLP_\w+ (must be|has a value)/);
    expect(thrown(() => readConfig(env))).not.toMatch(/secret|%zz/);
  });
});
