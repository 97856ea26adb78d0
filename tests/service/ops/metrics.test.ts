import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import type { MetricSources } from '../../../src/service/ops/gauges.js';
import { Metrics } from '../../../src/service/ops/metrics.js';
import { startMetricsServer } from '../../../src/service/ops/metrics-server.js';
import { fetched } from '../../support/fetched.js';
import { itWith } from '../../support/system-parts.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');

function metrics(over: Partial<MetricSources> = {}): Metrics {
  const made = new Metrics({
    queue: async () => ({ waiting: 3, running: 1 }),
    oldestWaitingSeconds: async () => 42,
    deliveries: async () => ({ pending: 2, delivered: 0, dead: 1 }),
    lists: async () => [{ name: 'C2PA-TRUST-LIST.pem', ageSeconds: 86_400 }],
    ...over,
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
    made.registerUploads({ taken: () => 5, places: 16 });
    made.registerQuota(() => 1_000);
    const text = await made.text();
    expect(figureOf(text, 'assay_upload_places')).toBe(16);
    expect(figureOf(text, 'assay_data_quota_left_bytes')).toBe(1_000);
    expect(figureOf(text, 'assay_queue_oldest_waiting_seconds')).toBe(42);
    expect(figureOf(text, 'assay_trust_list_age_seconds{list="C2PA-TRUST-LIST.pem"}')).toBe(86_400);
    expect(figureOf(text, 'assay_queue_jobs{state="waiting"}')).toBe(3);
    expect(figureOf(text, 'assay_webhook_deliveries{status="dead"}')).toBe(1);
    expect(figureOf(text, 'assay_uploads_open')).toBe(5);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('leave out what the database does not tell, and say so', async () => {
    const made = metrics({
      queue: () => Promise.reject(new Error('away')),
      oldestWaitingSeconds: () => Promise.reject(new Error('away')),
    });
    made.registerQuota(() => undefined);
    const text = await made.text();
    expect(text).not.toMatch(/^assay_queue_(jobs|oldest_waiting_seconds)[ {]/m);
    expect(text).not.toContain('assay_data_quota_left_bytes');
    expect(figureOf(text, 'assay_webhook_deliveries{status="dead"}')).toBe(1);
    const after = await made.text();
    expect(
      figureOf(after, 'assay_gauge_failures_total{figure="assay_queue_oldest_waiting_seconds"}'),
    ).toBeGreaterThan(0);
  });

  it('count what went wrong by its code', async () => {
    const made = metrics();
    const asked = { method: 'POST', route: '/v1/inspections', status: 503, seconds: 0.01 };
    made.observeRequest({ ...asked, problem: 'unavailable' });
    made.observeRequest({ ...asked, status: 201 });
    expect(figureOf(await made.text(), 'assay_http_problems_total{code="unavailable"}')).toBe(1);
  });

  itWith(
    'promtool',
    'have names and words that Prometheus’ own checker has nothing to say against',
    async () => {
      const made = metrics();
      made.registerUploads({ taken: () => 5, places: 16 });
      made.registerQuota(() => 1_000);
      made.observeRequest({ method: 'GET', route: '/', status: 503, seconds: 0.01, problem: 'unavailable' });
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: await made.text(),
        encoding: 'utf8',
      });
      expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
    },
  );

  it('take no label from a client', async () => {
    const made = metrics();
    made.observeRequest({ method: 'BREW', route: '/v1/inspections/:id', status: 404, seconds: 0.01 });
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
    expect((await fetched(`${base}/v1/inspections`)).status).toBe(404);
    expect((await fetched(`${base}/metrics`, { method: 'POST' })).status).toBe(404);
  });
});
