/**
 * Measures the cost of resuming from results: `--resume` over 50,000 files (--short: 5,000) of which one has changed,
 * then a year of weekly scans with a change in one file of a thousand. Reports the processor time of all processes and
 * the bytes written to disk, each next to those of the walk alone (`--dry-run`). This script writes the results to
 * resume from, one line per file, in the form of a record from a scan made here: creating 50,000 records by reading
 * takes minutes and is not what is measured. `node bench/scan-resume.js [--short] [--weeks N] [FILES]`
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainPicture } from './scan-tree.js';

const args = process.argv.slice(2);
const short = args.includes('--short');
const weeksAt = args.indexOf('--weeks');
const weeks = weeksAt < 0 ? 52 : Number(args[weeksAt + 1]);
const [count = short ? '5000' : '50000'] = args.filter((arg, at) => /^\d+$/.test(arg) && at !== weeksAt + 1);
const files = Number(count);
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-resume-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const seed = readFileSync(fileURLToPath(new URL('../fixtures/plain/plain.png', import.meta.url)));
const tree = join(folder, 'files');
const out = join(folder, 'results.ndjson');
const pathOf = (i) => join(tree, String(Math.floor(i / 1_000)), `${i}.png`);
const DAY = 86_400_000;
const then = Date.UTC(2026, 0, 1);
for (let i = 0; i < files; i += 1) {
  if (i % 1_000 === 0) mkdirSync(join(tree, String(Math.floor(i / 1_000))), { recursive: true });
  writeFileSync(pathOf(i), plainPicture(seed, i));
  utimesSync(pathOf(i), then / 1_000, then / 1_000);
}

/**
 * Runs Assay and returns processor time and bytes written of it and all its descendants, as the system counts the ended
 * ones.
 */
async function run(...words) {
  // A shell waits for Assay, so that its children are counted; killed descendants (readers) are counted separately.
  const script =
    '"$@"; code=$?; cat /proc/self/stat >&3; cat /proc/$$/io >&3; cat /proc/$$/stat >&3; exit $code';
  const child = spawn('bash', ['-c', script, 'bash', process.execPath, bin, ...words], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [told, counted] = await Promise.all([text(child.stderr), text(child.stdio[3])]);
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  if (code !== 0) throw new Error(`assay ${words.join(' ')} ended with ${code}: ${told}`);
  const stat = counted.trimEnd().split('\n').at(-1) ?? '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // User and system time of reaped children, in hundredths of a second.
  const seconds = (Number(fields[13]) + Number(fields[14])) / 100;
  const written = Number(/^wchar: (\d+)/m.exec(counted)?.[1]);
  return { seconds, written, told };
}

async function text(stream) {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}

const change = (i, round) => {
  writeFileSync(pathOf(i), plainPicture(seed, files + round * files + i));
  const at = (then + (round + 1) * 7 * DAY) / 1_000;
  utimesSync(pathOf(i), at, at);
};

// One record from a real scan is the template of all.
await run('scan', pathOf(0), '--out', out, '--progress', 'none');
const [header, record, summary] = readFileSync(out, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
for (const end of ['', '.state']) rmSync(`${out}${end}`, { force: true });
const file = openSync(out, 'w');
writeSync(file, `${JSON.stringify(header)}\n`);
for (let i = 0; i < files; i += 1) {
  const asset = { ...record.asset, name: `${i}.png`, bytes: statSync(pathOf(i)).size };
  writeSync(
    file,
    `${JSON.stringify({ ...record, path: pathOf(i), modified: new Date(then).toISOString(), asset })}\n`,
  );
}
writeSync(file, `${JSON.stringify(summary)}\n`);
closeSync(file);

const scan = ['scan', tree, '--out', out, '--resume', '--progress', 'none'];
const mb = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
const sizes = () =>
  `results ${mb(statSync(out).size)}, index ${mb(existsSync(`${out}.state`) ? statSync(`${out}.state`).size : 0)}`;
const show = (what, { seconds, written }) =>
  console.log(`${what}: ${seconds.toFixed(2)} s processor time, ${mb(written)} written; ${sizes()}`);

console.log(`${files} files`);
show('walk alone (--dry-run)', await run('scan', tree, '--dry-run'));
show('first --resume, which makes the index', await run(...scan));
show('nothing changed', await run(...scan));
change(7, 0);
const one = await run(...scan);
show('one changed', one);
if (!one.told.includes('1 file')) throw new Error(`not one file was read: ${one.told}`);

const per = Math.max(1, Math.round(files / 1_000));
const begun = statSync(out).size;
const costs = [];
for (let week = 1; week <= weeks; week += 1) {
  for (let i = 0; i < per; i += 1) change((week * per + i) % files, week);
  const cost = await run(...scan);
  costs.push(cost);
  if (week === 1 || week % 13 === 0) show(`week ${week}, ${per} changed`, cost);
}
if (costs.length >= 20) {
  const mean = (part, of) => part.reduce((sum, cost) => sum + of(cost), 0) / part.length;
  const [first, last] = [costs.slice(0, 10), costs.slice(-10)];
  const ratio = (of) => (mean(last, of) / mean(first, of)).toFixed(2);
  console.log(
    `last ten weeks against first ten: ${ratio(({ seconds }) => seconds)} × processor time, ${ratio(({ written }) => written)} × bytes written; results ${(statSync(out).size / begun).toFixed(2)} × their size`,
  );
}
const before = statSync(out).size;
const compacted = await run('scan', 'compact', out);
show(`compacted from ${mb(before)}`, compacted);
