import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { carrying } from '../../fixtures/build/carrying.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { Confinement } from '../../src/inspect/sandbox/confinement.js';
import { RAW_UNSEEN } from '../core/renderers/hostile.js';
import { csvTable, FORMULA } from '../csv-table.js';
import { describeWith } from '../support/system-parts.js';
import { BROWSER, onePart, sharedApp, upload } from './harness.js';
import { startWorker } from './start-worker.js';
import { wholeUpload } from './tus.js';

/**
 * Runs names and metadata that would control a terminal, a spreadsheet or a page through every answer that openapi.yaml
 * lists.
 */

const ELEMENT = '<img src=x onerror=globalThis.__assayRan=1>';
const WORDS = `=1+1 \u001b[2J\u001b]0;t\u0007\u009b31m\u202egpj\u2066\u200b\n\r${ELEMENT},'q'`;
/** A name in a header, or one given by a desk, is a single line. */
const NAME = WORDS.replace(/\p{Cc}/gu, '');

const inspector = createInspector({ jobs: 1, confinement: new Confinement({ sandbox: 'off' }) });
const made = carrying({ text: WORDS, person: WORDS, serial: WORDS, prompt: WORDS });
afterAll(() => inspector.close());
const log: string[] = [];
const test = sharedApp({
  inspector,
  env: { ASSAY_LOG_LEVEL: 'trace', ASSAY_SANDBOX: 'off' },
  log: { write: (line) => log.push(line) },
});
const ids: Record<string, string> = {};
let shared = '';
const idOf = ({ statusCode, headers, body }: LightMyRequestResponse): string => {
  expect(statusCode, body).toBeLessThan(300);
  return String(headers['location']).split('/').at(-1) ?? '';
};

beforeAll(async () => {
  const { app } = test();
  const [png = { bytes: Buffer.alloc(0) }] = await made;
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
  ids['inspections'] = idOf(
    await upload(app, [
      onePart({ filename: `${NAME}.png`, content: png.bytes }),
      { name: 'caseRef', content: NAME },
    ]),
  );
  ids['collections'] = idOf(await post('/v1/collections', { name: NAME }));
  const [one] = (await app.inject({ url: '/v1/cases' })).json().cases;
  ids['cases'] = one.id;
  const share = await post(`/v1/inspections/${ids['inspections']}/shares`, {});
  shared = new URL(share.json().url, 'http://desk.example').pathname;
}, 120_000);

type Operation = { responses: Record<string, { content?: Record<string, unknown> }> };
const { paths } = parse(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'), {
  maxAliasCount: -1,
}) as { paths: Record<string, { get?: Operation }> };

const TEXT = /^(?:text\/|application\/(?:[\w.-]+\+)?json$|application\/x-ndjson$)/;
const asked = Object.entries(paths).flatMap(([path, { get }]) =>
  Object.keys(get?.responses['200']?.content ?? {})
    .filter((type) => TEXT.test(type))
    .map((type) => ({ path, type })),
);

/** Routes whose answers contain no words of a file or a caller; other tests check these. */
const ELSEWHERE = [
  ...['/v1/keys/{id}', '/v1/rulebooks/{id}', '/v1/webhooks/{id}', '/v1/webhooks/{id}/deliveries'],
  ...['/v1/law/rejudgements/{id}', '/v1/log/head', '/v1/log/leaves', '/v1/log/proof', '/v1/uploads/{id}'],
];

function held(type: string, body: string): void {
  // What a desk typed stands in its field as it was typed, or saving the form would change it; it is within quotation marks there.
  const withoutTyped = type === 'text/html' ? body.replace(/(<input[^<>]* value=")[^"<>]*"/g, '$1"') : body;
  // Spreadsheets know by the first character of a table that it is UTF-8.
  const lines = type === 'text/csv' ? body.replace(/^\ufeff/, '').replaceAll('\r\n', '\n') : withoutTyped;
  const { index } = RAW_UNSEEN.exec(lines) ?? {};
  expect(index === undefined ? '' : JSON.stringify(lines.slice(Math.max(0, index - 80), index + 40))).toBe(
    '',
  );
  if (type === 'text/html') expect(body).not.toContain(ELEMENT);
  if (type === 'text/csv')
    for (const cell of csvTable(body.replace(/^\ufeff/, '')).flat()) expect(cell).not.toMatch(FORMULA);
  if (/json$/.test(type) && !type.includes('ndjson')) JSON.parse(body);
  if (type.includes('ndjson')) for (const line of body.trimEnd().split('\n')) JSON.parse(line);
}

describe('hostile words in names and metadata', () => {
  const said = new Set<string>();

  it('are read in a batch too', async () => {
    const { app } = test();
    startWorker({ ...test(), inspector });
    const items = [];
    for (const { ending, bytes } of (await made).slice(0, 2))
      items.push({ upload: await wholeUpload(app, bytes, { filename: `${WORDS}.${ending}` }) });
    const payload = { items, caseRef: NAME };
    ids['batches'] = idOf(await app.inject({ method: 'POST', url: '/v1/batches', payload }));
    const status = async () => (await app.inject({ url: `/v1/batches/${ids['batches']}` })).json().status;
    await expect.poll(status, { timeout: 100_000 }).not.toBe('running');
  }, 120_000);

  it.each(asked.filter(({ path }) => !ELSEWHERE.includes(path)))(
    'come out of $path as $type as what they are',
    async ({ path, type }) => {
      const [, of = ''] = /^\/v1\/(\w+)/.exec(path) ?? [];
      const url = path.replace('{id}', ids[of] ?? 'none').replace('{number}', '1');
      const answer = await test().app.inject({ url, headers: { accept: type } });
      // A “not found” answer counts too, and repeats the request.
      expect(answer.statusCode, answer.body.slice(0, 300)).toBeLessThan(500);
      held(answer.statusCode === 200 ? type : 'application/json', answer.body);
      if (answer.body.includes('__assayRan')) said.add(`${path} ${type}`);
    },
  );

  it('were there to come out, of what tells of a file', () => {
    const places = ['application/json', 'text/html', 'text/csv'].map((one) => `/v1/inspections/{id} ${one}`);
    for (const locator of [
      ...places,
      ...['/v1/inspections application/json', '/v1/cases/{id} application/json'],
      ...['/v1/inspections/{id}/report.json application/json', '/v1/inspections/{id}/report.html text/html'],
      ...['/v1/inspections/{id}/evidence application/json', '/v1/collections application/json'],
      ...['/v1/batches/{id}/results application/x-ndjson', '/v1/batches/{id}/results text/csv'],
    ])
      expect(said).toContain(locator);
  });

  it('come out of pages as what they are', async () => {
    const pages = ['inspections', 'batches', 'cases', 'collections'].map((of) => `/${of}/${ids[of]}`);
    for (const url of [...pages, shared, `/inspections?q=${encodeURIComponent(WORDS)}`]) {
      const { body, headers } = await test().app.inject({ url, headers: BROWSER });
      expect(headers['content-type'], url).toContain('text/html');
      held('text/html', body);
    }
  });

  it('come out of what says that something was wrong as what they are', async () => {
    const { app } = test();
    const odd = encodeURIComponent(WORDS);
    for (const accept of ['application/json', BROWSER.accept])
      for (const url of [`/v1/inspections/${odd}`, `/v1/inspections?${odd}=1`, `/${odd}`]) {
        const { body, headers } = await app.inject({ url, headers: { accept } });
        held(String(headers['content-type']).includes('html') ? 'text/html' : 'application/json', body);
      }
    const wrong = await app.inject({ method: 'POST', url: '/v1/collections', payload: { [WORDS]: WORDS } });
    expect(wrong.statusCode).toBe(400);
    held('application/json', wrong.body);
  });

  it('stand on no line of the log but as JSON', () => {
    expect(log.length).toBeGreaterThan(10);
    for (const line of log) held('application/x-ndjson', line);
  });
});

describeWith('pdftotext', 'a PDF of them', (pdftotext) => {
  it.each(['report.pdf', 'finding.pdf'])('is drawn as what they are: %s', async (name) => {
    const url = `/v1/inspections/${ids['inspections']}/${name}`;
    const { statusCode, rawPayload } = await test().app.inject({ url });
    expect(statusCode).toBe(200);
    const input = { input: rawPayload, encoding: 'utf8' } as const;
    const text = execFileSync(pdftotext, ['-enc', 'UTF-8', '-', '-'], input).replaceAll('\f', '\n');
    expect(text).toContain('__assayRan');
    expect(text).not.toMatch(RAW_UNSEEN);
  });
});
