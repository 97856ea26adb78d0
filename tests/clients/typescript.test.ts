import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { AssayClient, AssayError, type Inspection, type Report } from '../../clients/typescript/src/index.js';
import { type Launched, launch } from '../cli/launched.js';
import { fixture } from '../cli/spawn-assay.js';

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
    ASSAY_LOG_LEVEL: 'silent',
  });
  client = new AssayClient({ url: `${program.url}/` });
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
    expect([status, body]).toEqual([200, made.report]);
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
      expect('inspection' in made && made.inspection.status).toBe('queued');
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
    const other = new AssayClient({ url: `http://127.0.0.1:${port}` });
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
});
