/**
 * Measures what a report's page costs its reader on loopback: first paint in Debian's Chromium, and the size of page,
 * style and script without pictures. Exits with code 1 if a project budget is exceeded.
 */
import '../scripts/from-sources.js';

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const { readConfig } = await import('../src/config/settings.ts');
const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const { startServer } = await import('../src/http/server.ts');

const file =
  process.argv[2] ?? fileURLToPath(new URL('../fixtures/c2pa/jpeg-c2pa-intact.jpg', import.meta.url));
const VISITS = 9;
const MOST_PAINT_MILLIS = 200;
const MOST_BYTES = 150_000;
/**
 * Runs in the page and returns the milliseconds from the navigation's start to the first paint, waiting for it if
 * necessary.
 */
const PAINT = `new Promise((found) => new PerformanceObserver((list) => found(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))`;
/** Runs in the page and returns the transferred and the decoded size. */
const WEIGHT = `(() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(({ initiatorType }) => initiatorType !== 'img');
  const sum = (name) => all.reduce((total, one) => total + one[name], 0);
  return { sent: sum('transferSize'), unpacked: sum('decodedBodySize') };
})()`;

const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const config = readConfig({
  ASSAY_DATA_DIR: data,
  ASSAY_PORT: '0',
  ASSAY_LOG_LEVEL: 'silent',
  ASSAY_JOBS: '1',
});
const server = await startServer(config, createInspector({ jobs: 1 }));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const body = new FormData();
  body.append('file', new Blob([readFileSync(file)]), 'a.jpg');
  const made = await fetch(`${server.address}/v1/inspections`, { method: 'POST', body });
  const address = server.address + (made.headers.get('location') ?? '').replace('/v1', '');
  const paints = [];
  let bytes = { sent: 0, unpacked: 0 };
  for (let visit = 0; visit < VISITS; visit += 1) {
    const page = await browser.newPage();
    await page.goto(address, { waitUntil: 'load' });
    paints.push(await page.evaluate(PAINT));
    bytes = await page.evaluate(WEIGHT);
    await page.close();
  }
  const middle = paints.sort((a, b) => a - b)[Math.floor(VISITS / 2)] ?? Number.POSITIVE_INFINITY;
  console.log(
    `first paint: ${middle.toFixed(0)} ms (middle of ${VISITS}; ${paints.map((one) => one.toFixed(0)).join(', ')})`,
  );
  console.log(`weight without pictures: ${bytes.sent} bytes sent, ${bytes.unpacked} unpacked`);
  if (middle > MOST_PAINT_MILLIS || bytes.sent > MOST_BYTES) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
