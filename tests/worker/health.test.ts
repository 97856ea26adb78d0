import { expect, it, onTestFinished } from 'vitest';
import { Heartbeat } from '../../src/base/lease/pulse.js';
import { WorkerHealth } from '../../src/worker/worker-health.js';
import { launch, launched } from '../cli/launched.js';
import { temporaryDirectory } from '../http/posting.js';
import { inEnglish } from '../i18n/english.js';
import { fetched } from '../support/fetched.js';

const figuresOf = (said: string): string => /figures and health at (http:\S+)/.exec(said)?.[1] ?? 'nowhere';

it('a worker has health, liveness and figures where it is given a port, and nothing else', async () => {
  const env = { ASSAY_DATA_DIR: temporaryDirectory(), ASSAY_JOBS: '1', ASSAY_METRICS: '0' };
  const worker = await launched('worker', env);
  const base = figuresOf(worker.messages());
  expect(await (await fetch(`${base}/v1/health/live`)).json()).toEqual({ status: 'live' });
  const ready = await fetch(`${base}/v1/health/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    status: 'ready',
    checks: { loop: { status: 'ok' }, database: { status: 'ok' }, inspector: { status: 'ok' } },
  });
  const figures = await (await fetch(`${base}/metrics`)).text();
  expect(figures).toMatch(/^assay_queue_jobs\{state="waiting"\} 0$/m);
  expect(figures).toMatch(/^assay_file_seconds_count\{outcome="report"\} [1-9]/m);
  expect((await fetched(`${base}/v1/inspections`)).status).toBe(404);

  // A second one with the same port reports which port is in use.
  const port = new URL(base).port;
  await expect(launch('worker', { ...env, ASSAY_METRICS: port })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: ${inEnglish('cli.listen.taken')}`,
  );
});

it('says what a worker cannot do, and never that a stuck one lives', async () => {
  let away = false;
  const pulse = new Heartbeat();
  const health = new WorkerHealth({
    database: { ping: () => (away ? Promise.reject(new Error('away')) : Promise.resolve()) },
    inspector: { inspect: () => Promise.reject(new Error('none')) },
    pulses: [pulse],
    stopping: () => away,
  });
  expect(health.live()).toBe(true);
  expect(await health.ready()).toMatchObject({
    status: 'not-ready',
    checks: { loop: { status: 'ok' }, database: { status: 'ok' }, inspector: { status: 'failed' } },
  });
  away = true;
  expect((await health.ready()).checks.loop.status).toBe('failed');

  // Long after the loop's last turn.
  const { now } = performance;
  onTestFinished(() => {
    performance.now = now;
  });
  performance.now = () => now.call(performance) + 3_600_000;
  expect(health.live()).toBe(false);
  expect((await health.ready()).checks.database.status).toBe('failed');
  pulse.beat();
  expect(health.live()).toBe(true);
});
