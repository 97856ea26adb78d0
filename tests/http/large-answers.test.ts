import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { beforeIdat, chunk } from '../../fixtures/build/bound-makers.js';
import { limits } from '../../src/base/limits.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { Confinement } from '../../src/inspect/sandbox/confinement.js';
import { xmpOf } from '../bounds/past.js';
import { actingByName } from '../inspect/acting.js';
import { readerStandIn } from '../support/program.js';
import { onePart, type TestApp, upload } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

/** Small files whose reports are large: what is stored of them, and which requests wait for them. */

const PNG = readFileSync(new URL('../../fixtures/plain/plain.png', import.meta.url));
const FILES = 40;
const FILE_BYTES = 8 * 1024;

/** XMP that names 2,400 AI tools with 500 quotation marks each, which JSON doubles: 1.3 MB compress to 6 kB. */
const TOOL = `<a:AISystemUsed xmlns:a="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">${'"'.repeat(500)}</a:AISystemUsed>`;
const PACKED = deflateSync(xmpOf(TOOL.repeat(2_400)), { level: 9 });
const swelling = (at: number): Buffer =>
  Buffer.concat([
    beforeIdat(PNG, chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), PACKED]))),
    // Bytes after the picture's end make each file unique.
    Buffer.from(`file ${at}`),
  ]);

const NO_SANDBOX = { confinement: new Confinement({ sandbox: 'off' }) };
const CONFIG = { uploadsAtOnce: 100 };

async function service(options: Parameters<typeof createInspector>[0]): Promise<TestApp> {
  const inspector = createInspector({ jobs: 1, ...NO_SANDBOX, ...options });
  onTestFinished(() => inspector.close());
  const isStandIn = options?.childEntry !== undefined;
  return guarded({}, { config: CONFIG, inspector: isStandIn ? actingByName(inspector) : inspector });
}

async function keptBytes({ database }: Pick<TestApp, 'database'>) {
  const { rows } = await sql<{ reports: number; longest: number; beside: number; pages: number }>`select
    (select sum(length(cast(report as blob))) from inspection_reports) as reports,
    (select max(length(cast(report as blob))) from inspection_reports) as longest,
    (select coalesce(sum(length(content)), 0) from inspection_derivatives) as beside,
    (select page_count * page_size from pragma_page_count, pragma_page_size) as pages`.execute(
    database.query,
  );
  return rows[0] ?? { reports: 0, longest: 0, beside: 0, pages: 0 };
}

const send = (test: TestApp, key: string, content: Buffer, filename = 'a.png') =>
  upload(test.app, [onePart({ filename, content })], {
    headers: { ...bearer(key), accept: 'application/json' },
  });

describe(`${FILES} files of 8 kB whose readers have megabytes to say`, () => {
  it('are kept within their bound, say that they were cut, and keep nobody else waiting', async () => {
    const test = await service({});
    const [a, b] = [await newKey(test, { tenant: 'a' }), await newKey(test, { tenant: 'b' })];
    const first = swelling(0);
    expect(first.length).toBeLessThan(FILE_BYTES);
    const { rss } = process.memoryUsage();
    let peak = rss;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    onTestFinished(() => clearInterval(watch));
    let answered = 0;
    const all = Array.from({ length: FILES }, async (_, at) => {
      const answer = await send(test, a, swelling(at));
      answered += 1;
      return answer;
    });
    // All uploads have arrived, and all but one wait.
    await expect.poll(() => test.uploads().length).toBeGreaterThan(FILES / 2);
    const before = answered;
    expect((await send(test, b, PNG)).statusCode).toBe(201);
    expect(answered - before).toBeLessThan(6);
    for (const answer of await Promise.all(all)) {
      expect(answer.statusCode, answer.body.slice(0, 300)).toBe(201);
      const { summary, reads }: StoredReport = answer.json().report;
      expect(reads.xmp).toMatchObject({ status: 'found', code: 'bound.report' });
      expect(summary.coverage).toMatchObject({ state: 'partial', unread: [{ carrier: 'xmp' }] });
    }
    const { reports, longest, beside, pages } = await keptBytes(test);
    expect(longest).toBeGreaterThan(limits.reportBytes / 4);
    expect(longest).toBeLessThan(limits.reportBytes + 64 * 1024);
    expect(reports + beside).toBeLessThan((FILES + 1) * limits.answerBytes);
    expect(pages).toBeLessThan((FILES + 1) * limits.answerBytes);
    expect(peak - rss).toBeLessThan(500 * 1024 ** 2);
  }, 300_000);

  it('are counted to the day of the key that sent them', async () => {
    const test = await service({});
    const key = await newKey(test, { limits: { dailyBytes: 4 * limits.reportBytes } });
    const statuses: number[] = [];
    while (statuses.length < FILES && !statuses.includes(429))
      statuses.push((await send(test, key, swelling(statuses.length))).statusCode);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.length).toBeLessThan(20);
    expect(statuses.length).toBeGreaterThan(3);
  }, 300_000);

  it('of a file that is larger than what is kept of it, nothing is counted but the file', async () => {
    const test = await service({});
    const key = await newKey(test, { limits: { dailyBytes: 100_000_000 } });
    const used: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      const { headers } = await send(test, key, Buffer.concat([PNG, Buffer.alloc(200_000, at)]));
      used.push(100_000_000 - Number(/"bytes";r=(\d+)/.exec(String(headers['ratelimit']))?.[1]));
    }
    const [body = 0] = used;
    expect(body).toBeGreaterThan(200_000);
    expect(used).toEqual([body, 2 * body, 3 * body]);
  });
});

describe('files that take over their readers', () => {
  it('are kept as files that could not be read, however much those say', async () => {
    const test = await service({ childEntry: readerStandIn('acts-by-name') });
    const key = await newKey(test, { tenant: 'a' });
    for (let at = 0; at < 6; at += 1) {
      const content = Buffer.concat([PNG, Buffer.from(`file ${at}`)]);
      const answer = await send(test, key, content, 'report fifteen megabytes');
      expect(answer.statusCode).toBe(201);
      expect(answer.json().report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.crashed' });
    }
    const { reports, beside } = await keptBytes(test);
    expect(reports + beside).toBeLessThan(6 * 64 * 1024);
  }, 120_000);
});
