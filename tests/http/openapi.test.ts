import { readFileSync } from 'node:fs';
import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { compileAllValidators } from '../../src/http/contract/validators.js';
import { describeApi } from '../../src/http/describe-api.js';
import { testApp } from './harness.js';

type Json = Record<string, unknown>;

interface Answer {
  $ref?: string;
  description?: string;
  headers?: Json;
}

interface Operation {
  parameters: { $ref?: string; name?: string }[];
  responses: Record<string, Answer>;
}

interface Listing {
  operationId: string;
  description?: string;
  parameters: { $ref?: string; name?: string }[];
  responses: Record<string, { headers?: Json; content?: Record<string, { schema?: { $ref?: string } }> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId?: string; responses?: object }>>;
  components: { schemas: Record<string, unknown> };
}

let text: Promise<string> | undefined;
/** Generated once for all tests but the one that checks that it is the same each time. */
const asText = () => {
  text ??= describeApi();
  return text;
};
let parsed: Promise<ReturnType<typeof parse>> | undefined;
/** Reads the generated file, which no test changes. */
const read = () => {
  parsed ??= asText().then((yaml) => parse(yaml));
  return parsed;
};

describe('the API’s description', () => {
  it('is what openapi.yaml says; npm run generate writes it', async () => {
    expect(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')).toBe(await asText());
  });

  it('asks for nothing that could not be held to it: each check is compiled when a request first needs it', async () => {
    await (await testApp()).app.ready();
    expect(compileAllValidators()).toBeGreaterThan(40);
  });

  it('is the same each time, and the same as /openapi.json', async () => {
    const { app } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '123456', ASSAY_ENGINE: 'wasm' } });
    const [first, second, served] = await Promise.all([
      asText(),
      describeApi(),
      app.inject({ url: '/openapi.json' }),
    ]);
    expect(second).toBe(first);
    expect(served.json()).toEqual(await read());
  });

  it('names every route of the API and no page', async () => {
    const document: Document = await read();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([
      ['/v1/audit', ['get']],
      ['/v1/batches', ['get', 'post']],
      ['/v1/batches/{id}', ['get', 'delete']],
      ['/v1/batches/{id}/cancel', ['post']],
      ['/v1/batches/{id}/events', ['get']],
      ['/v1/batches/{id}/results', ['get']],
      ['/v1/capabilities', ['get']],
      ['/v1/cases', ['post', 'get']],
      ['/v1/cases/{id}', ['get', 'patch', 'delete']],
      ['/v1/cases/{id}/claim-review', ['get']],
      ['/v1/cases/{id}/items', ['post']],
      ['/v1/cases/{id}/items/{item}', ['delete']],
      ['/v1/cases/{id}/seal', ['post']],
      ['/v1/collections', ['post', 'get']],
      ['/v1/collections/{id}', ['get', 'patch', 'delete']],
      ['/v1/collections/{id}/items', ['post', 'get']],
      ['/v1/collections/{id}/items/{item}', ['delete']],
      ['/v1/collections/{id}/items/{item}/preview', ['get']],
      ['/v1/fingerprints/{id}/manifest', ['get']],
      ['/v1/fingerprints/{id}/preview', ['get']],
      ['/v1/health/live', ['get']],
      ['/v1/health/ready', ['get']],
      ['/v1/inspections', ['get', 'post']],
      ['/v1/inspections/{id}', ['get', 'delete', 'patch']],
      ['/v1/inspections/{id}/crjson', ['get']],
      ['/v1/inspections/{id}/events', ['get']],
      ['/v1/inspections/{id}/evidence', ['get']],
      ['/v1/inspections/{id}/exchanges', ['get']],
      ['/v1/inspections/{id}/finding.pdf', ['get']],
      ['/v1/inspections/{id}/law', ['get']],
      ['/v1/inspections/{id}/law-grid', ['get']],
      ['/v1/inspections/{id}/matches', ['get']],
      ['/v1/inspections/{id}/parts/{number}', ['get']],
      ['/v1/inspections/{id}/pictures', ['get']],
      ['/v1/inspections/{id}/pictures/{name}', ['get']],
      ['/v1/inspections/{id}/preview', ['get']],
      ['/v1/inspections/{id}/recheck', ['post']],
      ['/v1/inspections/{id}/report.html', ['get']],
      ['/v1/inspections/{id}/report.json', ['get']],
      ['/v1/inspections/{id}/report.pdf', ['get']],
      ['/v1/inspections/{id}/retry', ['post']],
      ['/v1/inspections/{id}/seal', ['post']],
      ['/v1/inspections/{id}/shares', ['post', 'get']],
      ['/v1/inspections/{id}/shares/{shareId}', ['delete']],
      ['/v1/inspections/{id}/thumbnail', ['get']],
      ['/v1/keys', ['post', 'get']],
      ['/v1/keys/{id}', ['get', 'delete']],
      ['/v1/law/calendar', ['get']],
      ['/v1/law/rejudgements', ['get', 'post']],
      ['/v1/law/rejudgements/{id}', ['get', 'delete']],
      ['/v1/log/head', ['get']],
      ['/v1/log/leaves', ['get']],
      ['/v1/log/proof', ['get']],
      ['/v1/matches', ['post']],
      ['/v1/rulebooks', ['get']],
      ['/v1/rulebooks/{id}', ['get']],
      ['/v1/signals', ['get']],
      ['/v1/trust-lists', ['get']],
      ['/v1/uploads', ['options', 'post']],
      ['/v1/uploads/{id}', ['head', 'get', 'patch', 'delete']],
      ['/v1/webhooks', ['post', 'get']],
      ['/v1/webhooks/{id}', ['get', 'patch', 'delete']],
      ['/v1/webhooks/{id}/deliveries', ['get']],
      ['/v1/webhooks/{id}/deliveries/replay', ['post']],
      ['/v1/webhooks/{id}/secret', ['post']],
      ['/v1/webhooks/{id}/test', ['post']],
    ]);
    for (const operation of Object.values(document.paths).flatMap((item) => Object.values(item))) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(Object.keys(operation.responses ?? {}).length).toBeGreaterThan(0);
    }
  });

  it('leads each $ref to a component, and keeps no word of older JSON Schema', async () => {
    const text = await asText();
    const document: Document = await read();
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([
        'Report',
        'Signal',
        'Finding',
        'Basis',
        'Manifest',
        'Part',
        'Inspection',
        'Problem',
      ]),
    );
    for (const [, pointer = ''] of text.matchAll(/\$ref: "?([^"\n]+)"?/g)) {
      const [hash, ...names] = pointer.split('/');
      const target = names.reduce<unknown>(
        (part, name) => (part as Record<string, unknown>)?.[name],
        document,
      );
      expect([hash, typeof target], pointer).toEqual(['#', 'object']);
    }
    expect(text).not.toMatch(/\$id|additionalItems|nullable|def-\d/);
  });

  it('shows what this version answers, in the form that it describes', async () => {
    const document = await read();
    const { examples, schemas } = document.components;
    const answers = document.paths['/v1/inspections'].post.responses;
    const shown = answers['201'].content['application/json'].examples;
    expect(Object.values(shown)).toEqual([{ $ref: '#/components/examples/generated' }]);
    const of = (name: string) => Compile({ $ref: `#/components/schemas/${name}`, components: { schemas } });
    for (const name of ['generated']) {
      expect(of('Inspection').Check(examples[name].value)).toBe(true);
      expect(examples[name].value.report.summary.origin).toBe('ai-generated');
    }
    const rows = [examples.queued.value, ...examples.page.value.inspections];
    for (const row of rows) expect(of('Inspection').Check(row)).toBe(true);
  });

  it('writes each shape once, in less than 290 kB', async () => {
    expect(Buffer.byteLength(await asText())).toBeLessThan(290_000);
    const schemas = (await read()).components.schemas as Record<string, object>;
    const written = Object.values(schemas).map((schema) => JSON.stringify(schema));
    for (const [name, schema] of Object.entries(schemas))
      expect(
        written.filter((other) => other === JSON.stringify(schema)),
        name,
      ).toHaveLength(1);
  });

  it('has each answer that is pointed at, with a name for people, and no other', async () => {
    const text = await asText();
    const { responses } = (await read()).components;
    const pointedAt = new Set([...text.matchAll(/#\/components\/responses\/(\w+)/g)].map(([, name]) => name));
    expect(Object.keys(responses).sort()).toEqual([...pointedAt].sort());
    for (const name of pointedAt) expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
  });

  it('says of each operation which key it needs, and what may be answered before it is asked', async () => {
    const document = await read();
    const { app } = await testApp();
    const access = new Map(
      recordedRoutes(app).flatMap(({ access = 'admin', methods, url }) =>
        methods.map((method) => [
          `${method.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}').replace(/\/$/, '')}`,
          access,
        ]),
      ),
    );
    const schemes = document.components.securitySchemes;
    expect(Object.keys(schemes)).toEqual(['key', 'session', 'sessionElsewhere']);
    expect([schemes.session.name, schemes.sessionElsewhere.name]).toEqual([
      '__Host-assay-session',
      'assay-session',
    ]);
    const seen = new Set<unknown>();
    for (const [path, item] of Object.entries<Record<string, Json>>(document.paths))
      for (const [method, { security, responses }] of Object.entries(item)) {
        const at = `${method} ${path}`;
        const always = ['400', '403', '408', '421', '429', '431', '500', '503'];
        const scope = access.get(at);
        seen.add(scope);
        const scopes = scope === 'any-key' ? [] : [scope];
        const wantedKeys = Object.keys(schemes).map((scheme) => ({ [scheme]: scopes }));
        expect(security, at).toEqual(scope === 'open' ? [] : wantedKeys);
        const wanted = scope === 'open' ? always : [...always, '401'];
        expect(Object.keys(responses as Json), at).toEqual(expect.arrayContaining(wanted));
      }
    expect([...seen].sort()).toEqual(['admin', 'any-key', 'inspect', 'open', 'read', 'reveal']);
    expect(schemes.key).toMatchObject({ type: 'http', scheme: 'bearer' });
  });

  it('says in words what each operation does, and more than its name', async () => {
    for (const [path, item] of Object.entries<Json>((await read()).paths))
      for (const [method, { summary = '', description = '' }] of Object.entries(
        item as Record<string, { summary?: string; description?: string }>,
      )) {
        expect(summary, `${method} ${path}`).toMatch(/^[A-Z].{5,}/);
        expect(description, `${method} ${path}`).toMatch(/^\S.{9,}/s);
        expect(description, `${method} ${path}`).not.toBe(summary);
      }
  });

  it('has a page and a next one for each list', async () => {
    const { paths, components } = await read();
    const lists = Object.values<Json>(paths).flatMap((item) =>
      Object.values(item as Record<string, Listing>).filter(({ operationId }) =>
        /^list[A-Z]/.test(operationId),
      ),
    );
    expect(lists.length).toBeGreaterThan(16);
    for (const { operationId, parameters, responses } of lists) {
      const named = parameters.map(({ $ref, name }) =>
        $ref === undefined ? name : components.parameters[$ref.split('/').at(-1) ?? ''].name,
      );
      expect(named, operationId).toEqual(expect.arrayContaining(['limit', 'cursor']));
      const { headers = {}, content } = responses['200'] ?? {};
      expect(headers, operationId).toHaveProperty('Link');
      const { schema } = content?.['application/json'] ?? {};
      const of = components.schemas[String(schema?.$ref).split('/').at(-1) ?? ''] ?? schema;
      expect(of.properties, operationId).toHaveProperty('next');
    }
  });

  it('honours an Idempotency-Key wherever something is made, or says that it refuses one', async () => {
    const { paths, components } = await read();
    const kinds: Record<string, string[]> = { honoured: [], refused: [], neither: [] };
    for (const item of Object.values<Json>(paths))
      for (const [method, operation] of Object.entries(item as Record<string, Listing>)) {
        const { operationId, parameters, description = '' } = operation;
        const named = parameters.map(({ $ref, name }) =>
          $ref === undefined ? name : components.parameters[$ref.split('/').at(-1) ?? ''].name,
        );
        if (method !== 'post' && method !== 'patch') expect(named).not.toContain('Idempotency-Key');
        else if (named.includes('Idempotency-Key')) kinds['honoured']?.push(operationId);
        else if (description.includes('idempotency-key-refused')) kinds['refused']?.push(operationId);
        else kinds['neither']?.push(operationId);
        if (method === 'delete') expect(named, operationId).toContain('If-Match');
      }
    expect(Object.fromEntries(Object.entries(kinds).map(([kind, ids]) => [kind, ids.sort()]))).toEqual({
      honoured: [
        'addCaseItem',
        'addCollectionItems',
        'createBatch',
        'createCase',
        'createCollection',
        'createInspection',
        'createKey',
        'createRejudgement',
        'createShare',
        'createUpload',
        'createWebhook',
        'recheckInspection',
        'retryInspection',
        'rotateWebhookSecret',
        'updateInspection',
      ],
      refused: ['replayWebhookDeliveries', 'sealCase', 'sealInspection', 'testWebhook'],
      // A second request finds the work done: it stops, sets or searches, or its bytes already have their position.
      neither: [
        'appendToUpload',
        'cancelBatch',
        'findMatches',
        'updateCase',
        'updateCollection',
        'updateWebhook',
      ],
    });
  });

  it('lists what is answered to requests that come a strange way or bring what nobody reads', async () => {
    const { paths } = await read();
    // The harness fails if an answer is not listed.
    const open = await testApp({ env: { ASSAY_ALLOWED_HOSTS: 'localhost' } });
    const locked = await testApp({ env: { ASSAY_KEYS: 'required' } });
    const xml = { headers: { 'content-type': 'application/xml' }, payload: '<a/>' };
    const json = { headers: { 'content-type': 'application/json' } };
    const seen = new Set<number>();
    for (const [path, item] of Object.entries<Json>(paths))
      for (const method of Object.keys(item) as 'get'[]) {
        const of = { method, url: path.replace(/\{\w+\}/g, 'x') };
        const body = method === 'get' ? { headers: {} } : xml;
        const answers = [
          open.app.inject({ ...of, headers: { host: 'other.example' } }),
          open.app.inject({ ...of, headers: { 'x-forwarded-for': '192.0.2.1' } }),
          open.app.inject({ ...of, ...body, headers: { ...body.headers, 'tus-resumable': '1.0.0' } }),
          open.app.inject({ ...of, ...(method === 'get' ? {} : { ...json, payload: '{' }) }),
          open.app.inject({
            ...of,
            ...(method === 'get' ? {} : { ...json, payload: ' '.repeat(3_000_000) }),
          }),
          locked.app.inject({ ...of, headers: { accept: 'text/html' } }),
          locked.app.inject(of),
        ];
        for (const { statusCode } of await Promise.all(answers)) seen.add(statusCode);
      }
    expect([...seen].sort()).toEqual(expect.arrayContaining([303, 400, 401, 403, 404, 413, 415, 421]));
  });

  it('names the header behind each answer that only a header brings', async () => {
    const { components, paths } = await read();
    const behind: [status: string, said: RegExp, header: string][] = [
      ['304', /./, 'If-None-Match'],
      ['412', /If-Match/, 'If-Match'],
      ['412', /Tus-Resumable/, 'Tus-Resumable'],
      ['409', /Idempotency-Key/, 'Idempotency-Key'],
      ['410', /Idempotency-Key/, 'Idempotency-Key'],
      ['422', /Idempotency-Key/, 'Idempotency-Key'],
    ];
    const descriptionOf = ({ $ref, description }: Answer = {}): string =>
      description ?? components.responses[$ref?.split('/').at(-1) ?? '']?.description ?? '';
    const seen = new Set<string>();
    for (const [path, item] of Object.entries<Json>(paths))
      for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
        const named = operation.parameters.map(({ $ref, name }) =>
          $ref === undefined ? name : components.parameters[$ref.split('/').at(-1) ?? ''].name,
        );
        const wanted = behind.filter(([status, messages]) =>
          messages.test(descriptionOf(operation.responses[status])),
        );
        if (Object.values(operation.responses).some(({ headers }) => headers?.['Preference-Applied']))
          wanted.push(['', /./, 'Prefer']);
        for (const [, , header] of wanted) seen.add(header);
        expect(named, `${method} ${path}`).toEqual(
          expect.arrayContaining(wanted.map(([, , header]) => header)),
        );
        // Each of these statuses has a body.
        for (const status of ['304', '410', '412', '422'].filter((one) => one in operation.responses))
          expect(
            wanted.map(([one]) => one),
            `${method} ${path}`,
          ).toContain(status);
      }
    expect([...seen].sort()).toEqual([
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Prefer',
      'Tus-Resumable',
    ]);
  });

  it('lets answers grow: a member and a signal of a later version fit, and a request holds to what is written', async () => {
    const { components, paths } = await read();
    const report = structuredClone(components.examples.generated.value.report);
    report.signals.push({
      id: 'c2pa.ofALaterVersion',
      backing: 'of-a-later-version',
      basis: report.signals[0].basis,
      later: 1,
    });
    report.summary.later = { a: 'member' };
    report.later = true;
    const Report = Compile({ $ref: '#/components/schemas/Report', components });
    expect(Report.Check(report)).toBe(true);
    expect(Report.Check({ ...report, signals: [{ id: 1 }] })).toBe(false);
    const { schema } = paths['/v1/webhooks'].post.requestBody.content['application/json'];
    const Body = Compile({ ...schema, components });
    expect(Body.Check({ url: 'https://example.org/', events: ['batch.done'] })).toBe(true);
    expect(Body.Check({ url: 'https://example.org/', events: ['of.a.later.version'] })).toBe(false);
    expect(Body.Check({ url: 'https://example.org/', later: 1 })).toBe(false);
  });

  it('describes the upload field by field', async () => {
    const document = await read();
    const { content, required } = document.paths['/v1/inspections'].post.requestBody;
    expect(required).toBe(true);
    expect(Object.keys(content)).toEqual(['multipart/form-data', 'application/json', '*/*']);
    const { schema } = content['multipart/form-data'];
    expect(schema.required).toEqual(['file']);
    expect(Object.keys(schema.properties)).toEqual([
      'file',
      'asOf',
      'rulebooks',
      'jurisdiction',
      'role',
      'engine',
      'deep',
      'visible',
      'reveal',
      'sidecar',
      'init',
      'caseRef',
      'tags',
      'url',
      'page',
    ]);
    expect(schema.properties.file).toMatchObject({ type: 'string', format: 'binary' });
  });

  it('is shown at /docs from this server alone', async () => {
    const { app } = await testApp();
    const page = await app.inject({ url: '/docs' });
    expect(page.statusCode).toBe(200);
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(4);
    // Each language links back to our pages.
    expect(addresses.filter((address) => address.startsWith('/api'))).toEqual([
      '/api?lang=en',
      '/api?lang=zh-Hans',
    ]);
    for (const address of addresses) {
      expect(address).toMatch(/^\/(docs\/static\/|api\?)/);
      expect((await app.inject({ url: address })).statusCode).toBe(200);
    }
  });
});
