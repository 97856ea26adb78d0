/**
 * Runs the twenty questions of docs/archive-questions.md on many records and measures time and memory of each, with
 * DuckDB and with jq.
 *   node bench/archive-questions.js RESULTS.ndjson [RECORDS]
 * The records of RESULTS are repeated under other paths up to RECORDS (50,000).
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [results, count = '50000'] = process.argv.slice(2);
if (!results) {
  console.error('usage: node bench/archive-questions.js RESULTS.ndjson [RECORDS]');
  process.exit(2);
}
const doc = readFileSync(new URL('../docs/archive-questions.md', import.meta.url), 'utf8');
const blocks = (text, language) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\\n\`\`\`$`, 'gms'))].map(([, code]) => code);
const [intro, ...sections] = doc.split(/^## /m);

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-questions-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
const records = lines.map((line) => JSON.parse(line)).filter(({ path }) => path !== undefined);
const out = createWriteStream(join(folder, 'results.ndjson'));
out.write(`${lines[0]}\n`);
for (let i = 0; i < Number(count); i += 1) {
  const record = records[i % records.length];
  const top = `/${Math.floor(i / records.length)}`;
  const moved = { ...record, path: `${top}${record.path}`, folder: `${top}${record.folder ?? ''}` };
  if (!out.write(`${JSON.stringify(moved)}\n`)) await new Promise((resume) => out.once('drain', resume));
}
await new Promise((done) => out.end(done));
const bytes = statSync(join(folder, 'results.ndjson')).size;
console.log(`${count} records, ${Math.round(bytes / Number(count))} bytes each`);

/** Returns the seconds and the peak memory observed; an ended process cannot be sampled any more. */
async function measured(command, args) {
  const begun = performance.now();
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  let most = 0;
  const look = setInterval(() => {
    try {
      const [, kilobytes = '0'] =
        /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      most = Math.max(most, Number(kilobytes));
    } catch {
      // The process has ended.
    }
  }, 10);
  const code = await new Promise((ended) => child.once('close', ended));
  clearInterval(look);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return { seconds: (performance.now() - begun) / 1_000, megabytes: most / 1_024 };
}

const DUCKDB = `
  import { DuckDBInstance } from ${JSON.stringify(import.meta.resolve('@duckdb/node-api'))};
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const sql of JSON.parse(process.argv[1])) await connection.runAndReadAll(sql);
`;
const shown = ({ seconds, megabytes }) =>
  `${seconds.toFixed(2).padStart(6)} s ${megabytes.toFixed(0).padStart(5)} MB`;
const sums = { duckdb: 0, jq: 0 };
for (const section of sections) {
  const sql = [...blocks(intro, 'sql'), ...blocks(section, 'sql')];
  const [command] = blocks(section, 'sh');
  const duckdb = await measured(process.execPath, ['--input-type=module', '-e', DUCKDB, JSON.stringify(sql)]);
  const jq = await measured('sh', ['-c', `exec ${command}`]);
  sums.duckdb += duckdb.seconds;
  sums.jq += jq.seconds;
  console.log(`DuckDB ${shown(duckdb)}   jq ${shown(jq)}   ${section.split('\n')[0]}`);
}
console.log(`all: DuckDB ${sums.duckdb.toFixed(1)} s (with its start each time), jq ${sums.jq.toFixed(1)} s`);
