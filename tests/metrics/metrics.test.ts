import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createInspector } from '../../src/isolation/pool.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { startMetricsServer } from '../../src/metrics/server.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

function metrics(): Metrics {
  const made = new Metrics({
    queue: async () => ({ waiting: 3, running: 1 }),
    deliveries: async () => ({ pending: 2, delivered: 0, dead: 1 }),
  });
  onTestFinished(() => made.close());
  return made;
}

const figureOf = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
};

describe('the figures', () => {
  it('time every step of a file, and say how it ended', async () => {
    const made = metrics();
    const inspector = createInspector({ jobs: 1 });
    onTestFinished(() => inspector.close());
    const ask = { name: 'a', asOf: '2026-11-26', engine: 'auto' as const };
    await inspector.inspect({ ...ask, path: join(FIXTURES, 'plain/plain.jpg') });
    await inspector.inspect({ ...ask, path: join(FIXTURES, 'not-there') }).catch(() => undefined);
    const text = await made.text();
    expect(figureOf(text, 'assay_step_seconds_count{step="hash",engine=""}')).toBe(1);
    expect(figureOf(text, 'assay_step_seconds_count{step="exif",engine=""}')).toBe(1);
    expect(figureOf(text, 'assay_file_seconds_count{outcome="report"}')).toBe(1);
    expect(figureOf(text, 'assay_file_seconds_count{outcome="not-found"}')).toBe(1);
    expect(figureOf(text, 'assay_reading_processes_started_total')).toBe(1);
    expect(text).not.toContain('plain.jpg');
  });

  it('are asked of those who know when they are read', async () => {
    const made = metrics();
    made.watchUploads(() => 5);
    const text = await made.text();
    expect(figureOf(text, 'assay_queue_jobs{state="waiting"}')).toBe(3);
    expect(figureOf(text, 'assay_webhook_deliveries{status="dead"}')).toBe(1);
    expect(figureOf(text, 'assay_uploads_open')).toBe(5);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('take no label from a client', async () => {
    const made = metrics();
    made.answered({ method: 'BREW', route: '/v1/inspections/:id', status: 404, seconds: 0.01 });
    expect(
      figureOf(
        await made.text(),
        'assay_http_request_seconds_count{method="other",route="/v1/inspections/:id",status="4xx"}',
      ),
    ).toBe(1);
  });

  it('stand alone on a port of their own', async () => {
    const server = await startMetricsServer(metrics(), { host: '127.0.0.1', port: 0 });
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const base = `http://127.0.0.1:${address.port}`;
    const answer = await fetch(`${base}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).toContain('assay_build_info');
    expect((await fetch(`${base}/v1/inspections`)).status).toBe(404);
    expect((await fetch(`${base}/metrics`, { method: 'POST' })).status).toBe(404);
  });
});
