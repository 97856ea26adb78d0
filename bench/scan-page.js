/**
 * Measures the page of `assay report` over many records: time, peak memory and page size. The records of RESULTS are
 * repeated, each under its own path, 500 files per folder, every tenth with its own claim generator. The final summary
 * is left out, as in an interrupted scan, so duplicate paths are searched for as well.
 *
 * node bench/scan-page.js RESULTS.ndjson [RECORDS]   (100,000; --short: 5,000)
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const short = process.argv.includes('--short');
const [results, count = short ? '5000' : '100000'] = process.argv.slice(2).filter((arg) => arg !== '--short');
if (results === undefined) throw new Error('usage: node bench/scan-page.js RESULTS.ndjson [RECORDS]');
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-page-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
const [header, ...rest] = lines;
const records = rest.map((line) => JSON.parse(line)).filter(({ path }) => path !== undefined);
const many = join(folder, 'many.ndjson');
const file = createWriteStream(many);
file.write(`${header}\n`);
for (let i = 0; i < Number(count); i += 1) {
  const record = structuredClone(records[i % records.length]);
  record.path = `/archive/${i % 7}/${Math.floor(i / 500)}/${i}-${record.path.split('/').at(-1)}`;
  if (i % 10 === 0 && record.contentCredentials !== undefined)
    record.contentCredentials.generator = `maker ${i}`;
  if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain');
}
file.end();
await once(file, 'finish');

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const out = join(folder, 'page.html');
const begun = performance.now();
const report = spawn(process.execPath, [bin, 'report', many, '--out', out], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
let most = 0;
const watch = setInterval(() => {
  try {
    const status = readFileSync(`/proc/${report.pid}/status`, 'latin1');
    most = Math.max(most, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0));
  } catch {
    // The process has ended.
  }
}, 50);
const [code] = await once(report, 'close');
clearInterval(watch);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
console.log(
  `${count} records (${megabytes(statSync(many).size)}): ${((performance.now() - begun) / 1_000).toFixed(1)} s, ` +
    `at most ${megabytes(most * 1_024)} of memory, page of ${megabytes(statSync(out).size)}; exit ${code}, load ${loadavg()[0].toFixed(1)}`,
);
