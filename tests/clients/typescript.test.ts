import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  AssayClient,
  AssayError,
  type Inspection,
  type Report,
  WebhookError,
  webhookMessage,
} from '../../clients/typescript/src/index.js';
import { type Launched, launch } from '../cli/launched.js';
import { fixture } from '../cli/spawn-assay.js';
import { breakingProxy } from '../http/breaking-proxy.js';

const picture = (name: string) => new Blob([readFileSync(fixture(name))], { type: 'image/png' });
const SIGNED = 'c2pa/png-c2pa-trained.png';
const LABELLED = 'labels/png-gb45438-xmp.png';

let folder: string;
let program: Launched;
let client: AssayClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-client-'));
  program = await launch('serve', {
    ASSAY_DATA_DIR: folder,
    ASSAY_SELF_TEST: 'skip',
    ASSAY_LOG_LEVEL: 'error',
  });
  client = new AssayClient({ url: `${program.url}/` });
});
// A fault of the service shows only in its log.
afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stdout.write(program.messages() + program.logged());
});
afterAll(async () => {
  program.child.kill('SIGTERM');
  await once(program.child, 'exit');
  await rm(folder, { recursive: true, force: true });
});

async function refusal(work: Promise<unknown>): Promise<AssayError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AssayError) return error;
  throw new Error('it was not refused as expected', { cause: error });
}

describe('the TypeScript client', () => {
  it('inspects, finds, asks again and deletes', async () => {
    const made = await client.inspect(picture(SIGNED), {
      name: 'a.png',
      fields: { asOf: '2026-08-02', caseRef: 'story', tags: 'one,two' },
    });
    if (!('report' in made)) throw new Error('it was not answered at once');
    expectTypeOf(made.report).toEqualTypeOf<Report>();
    expect(made.report).toMatchObject({ asset: { name: 'a.png' }, tool: { asOf: '2026-08-02' } });
    expect(made.report.summary.origin).toBe('ai-generated');

    const { body, status } = await client.call('getInspection', { path: { id: made.id } });
    expect([status, body]).toMatchObject([200, { id: made.id, report: made.report }]);
    const csv = await client.call('getInspection', { path: { id: made.id } }, { accept: 'text/csv' });
    if (csv.status === 200) {
      expectTypeOf(csv.body).toEqualTypeOf<string>();
      expect(csv.body).toMatch(/^name,bytes,/);
    }
    expect(csv.status).toBe(200);
    const page = await client.call('getInspectionHtml', { path: { id: made.id } });
    expectTypeOf(page.body).toEqualTypeOf<string>();
    expect(page.body).toMatch(/^<!doctype html>/);

    const found: Inspection[] = [];
    for await (const one of client.inspections({ caseRef: 'story', limit: 1 })) found.push(one);
    expect(found.map(({ id, tags }) => [id, tags])).toEqual([[made.id, ['one', 'two']]]);

    const again = await client.call('recheckInspection', { path: { id: made.id } });
    expect([again.status, again.body.supersedes, again.body.changes?.answer]).toEqual([201, made.id, []]);

    const gone = await client.call('deleteInspection', { path: { id: made.id } });
    expectTypeOf(gone.body).toEqualTypeOf<undefined>();
    expect([gone.status, gone.body]).toEqual([204, undefined]);
    const refused = await refusal(client.call('getInspection', { path: { id: made.id } }));
    expect([refused.status, refused.problem?.code]).toEqual([404, 'inspection-not-found']);
  });

  it('waits for what is inspected later, and follows the pages of a list', async () => {
    const ids: string[] = [];
    for (const name of ['1.png', '2.png', '3.png']) {
      const made = await client.inspect(picture(LABELLED), { name, later: true });
      // An inspection that has ended by then is answered with its Report.
      if ('inspection' in made) expect(['queued', 'running', 'done']).toContain(made.inspection.status);
      ids.push(made.id);
    }
    for (const id of ids) {
      const { status, report } = await client.ended(id, { signal: AbortSignal.timeout(50_000) });
      expect([status, report?.summary.origin]).toEqual(['done', 'ai-generated']);
    }
    const found: string[] = [];
    for await (const { id } of client.inspections({ kind: 'image', limit: 2 })) found.push(id);
    expect(found).toEqual(expect.arrayContaining(ids));
  });

  it('tells a refusal as data, whoever refused', async () => {
    const wrong = await refusal(
      client.inspect(picture(LABELLED), { name: 'a.png', fields: { asOf: 'some day' } }),
    );
    expect(wrong.problem).toMatchObject({ code: 'bad-field', status: 400 });
    expect(wrong.problem?.errors?.[0]?.pointer).toContain('asOf');
    expect(wrong.message).toContain('bad-field');

    const proxy = createServer((_request, response) =>
      response.writeHead(503, { 'retry-after': '7', 'content-type': 'text/html' }).end('<p>no'),
    );
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const other = new AssayClient({ url: `http://127.0.0.1:${port}`, retries: { most: 0 } });
    const busy = await refusal(other.call('listRulebooks'));
    expect([busy.status, busy.problem, busy.retryAfterSeconds]).toEqual([503, undefined, 7]);
    proxy.close();
  });

  it('sends its key to the service and follows no redirect with it', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer(({ url, headers }, response) => {
      seen.push(`${url} ${headers.authorization}`);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const keyed = new AssayClient({ url: `http://127.0.0.1:${port}/base`, key: 'assay_x' });
    await expect(keyed.call('getRulebook', { path: { id: '../a b' } })).rejects.toThrow();
    expect(seen).toEqual(['/base/v1/rulebooks/..%2Fa%20b Bearer assay_x']);
    server.close();
  });

  it('waits no longer than it is told to', async () => {
    const server = createServer((_request, response) =>
      response.writeHead(202, { 'retry-after': '1', 'content-type': 'application/json' }).end('{}'),
    );
    const waits = new AssayClient({ url: await listening(server) });
    await expect(waits.ended('x', { withinSeconds: 0.05 })).rejects.toMatchObject({ name: 'TimeoutError' });
    const reason = new Error('nobody waits any more');
    await expect(waits.ended('x', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    server.close();
  });

  it('sends again what may be sent again, and nothing else', async () => {
    const seen: string[] = [];
    let refusals: [status: number, retryAfter: string][] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.headers['idempotency-key'] ?? ''}`.trim());
      request.resume().on('end', () => {
        const [status = 200, after = ''] = refusals.shift() ?? [];
        response.writeHead(status, {
          'content-type': 'application/json',
          location: '/v1/inspections/one',
          ...(after === '' ? {} : { 'retry-after': after }),
        });
        response.end('{}');
      });
    });
    const asks = new AssayClient({
      url: await listening(server),
      retries: { most: 2, longestPauseSeconds: 5 },
    });
    const asked = async (work: () => Promise<unknown>, ...answers: typeof refusals) => {
      seen.length = 0;
      refusals = answers;
      const status = await work().then(
        () => 200,
        (error: unknown) => (error instanceof AssayError ? error.status : error),
      );
      return [status, [...seen]] as const;
    };
    const list = () => asks.call('listRulebooks');
    expect(await asked(list, [429, '0'], [503, '0'])).toEqual([200, ['GET', 'GET', 'GET']]);
    expect(await asked(list, [503, '0'], [503, '0'], [503, '0'])).toEqual([503, ['GET', 'GET', 'GET']]);
    // Pauses longer than the client waits, and requests that would be refused again.
    expect(await asked(list, [429, '6'])).toEqual([429, ['GET']]);
    expect(await asked(list, [500, '0'])).toEqual([500, ['GET']]);
    expect(await asked(list, [404, ''])).toEqual([404, ['GET']]);
    const seal = () => asks.call('sealInspection', { path: { id: 'one' }, body: { kind: 'shareable' } });
    expect(await asked(seal, [503, '0'])).toEqual([503, ['POST']]);
    // Each creating call has a key of its own, the same for all of its attempts.
    const recheck = () => asks.call('recheckInspection', { path: { id: 'one' } });
    const [status, attempts = []] = await asked(recheck, [503, '0']);
    expect([status, attempts]).toEqual([200, [expect.stringMatching(/^POST [0-9a-f-]{36}$/), attempts[0]]]);
    expect((await asked(recheck))[1]).not.toEqual([attempts[0]]);
    const inspect = () => asks.inspect(picture(SIGNED), { name: 'a.png', idempotencyKey: 'k' });
    expect(await asked(inspect, [503, '0'], [409, '0'])).toEqual([200, ['POST k', 'POST k', 'POST k']]);
    expect(await asked(inspect, [409, ''])).toEqual([409, ['POST k']]);
    server.close();
  });

  it('sends a file in parts over a line that breaks, and resumes what another began', async () => {
    const proxy = await breakingProxy(Number(new URL(program.url).port), { breaks: 2, afterBytes: 300_000 });
    const unsure = new AssayClient({ url: `http://127.0.0.1:${proxy.port}` });
    const file = new Blob([picture(SIGNED), Buffer.alloc(1_200_000)]);
    const arrived: number[] = [];
    const id = await unsure.upload(file, {
      name: '图.png',
      // Larger than a connection's limit: each of the first two breaks, kept alive or not.
      partBytes: 400_000,
      onProgress: (bytes) => arrived.push(bytes),
    });
    expect([proxy.broken(), arrived.at(-1)]).toEqual([2, file.size]);
    await proxy.close();
    const made = await client.inspectUpload(id, { fields: { asOf: '2026-08-02' } });
    const report = 'report' in made ? made.report : (await client.ended(made.id)).report;
    expect(report?.asset).toMatchObject({ name: '图.png', bytes: file.size });

    const stop = new AbortController();
    let begun = '';
    const half = client.upload(picture(SIGNED), {
      partBytes: 1_000,
      onBegun: (known) => {
        begun = known;
      },
      onProgress: () => stop.abort(new Error('enough')),
      signal: stop.signal,
    });
    await expect(half).rejects.toThrow('enough');
    expect(await client.upload(picture(SIGNED), { resume: begun })).toBe(begun);
    const { body } = await client.call('getUpload', { path: { id: begun } });
    expect(body.finished).toBe(true);
  });

  it('has many files inspected, and takes up results where they were cut', async () => {
    const items: { upload: string }[] = [];
    for (const name of ['1.png', '2.png', '3.png'])
      items.push({ upload: await client.upload(picture(LABELLED), { name }) });
    const { id } = await client.batch(items, { fields: { caseRef: 'many' } });
    const batch = await client.batchEnded(id, { withinSeconds: 200 });
    expect([batch.status, batch.total]).toEqual(['done', 3]);

    let cuts = 0;
    const cutting = new AssayClient({
      url: program.url,
      fetch: async (...asked) => {
        const answer = await fetch(...asked);
        if (!String(asked[0]).includes('/results') || cuts > 1) return answer;
        cuts += 1;
        // One whole line and half of the next.
        const [first = '', second = ''] = (await answer.text()).split('\n');
        return new Response(`${first}\n${second.slice(0, 50)}`, answer);
      },
    });
    const names: (string | undefined)[] = [];
    const results = cutting.batchResults(id);
    for (;;) {
      const { value, done } = await results.next();
      if (done) {
        expect(value).toMatchObject({ id, status: 'done' });
        break;
      }
      names.push(value.report?.asset.name);
    }
    expect([names, cuts]).toEqual([['1.png', '2.png', '3.png'], 2]);
  });

  it('takes no message for a webhook’s that was not signed with its secret', () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const body = JSON.stringify({
      type: 'inspection.done',
      timestamp: new Date().toISOString(),
      data: { id: 'x' },
    });
    const signed = (at: Date, by = secret) => ({
      'Webhook-Id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(by).sign('msg_1', at, body),
      host: 'desk.example.org',
    });
    expect(webhookMessage(body, signed(new Date()), secret)).toEqual(JSON.parse(body));
    expect(webhookMessage(body, new Headers(signed(new Date())), secret).data.id).toBe('x');
    const old = new Date(Date.now() - 600_000);
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    for (const [text, headers] of [
      [`${body} `, signed(new Date())],
      [body, signed(old)],
      [body, signed(new Date(), other)],
      [body, {}],
    ] as const)
      expect(() => webhookMessage(text, headers, secret)).toThrow(WebhookError);
  });
});

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
