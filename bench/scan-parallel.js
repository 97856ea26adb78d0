/**
 * Runs `assay scan` against the usual alternative, `find -print0 | xargs -0 -P$(nproc) -n 500 exiftool -j`, over a tree
 * of ordinary files and one of which half are signed. Measures wall and processor time including all children, in
 * turns; then the lower bounds of our side: bare readers in one process, and the bare native engine over the signed
 * files.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './rounds.js';
import { copyInto, mediaIn } from './scan-tree.js';

const run = promisify(execFile);
const short = process.argv.includes('--short');
const args = process.argv.slice(2).filter((arg) => arg !== '--short');
const [corpus, times = short ? '1' : '3'] = args;
if (corpus === undefined) {
  console.error('usage: node bench/scan-parallel.js CORPUS [ROUNDS] [--short]');
  process.exit(2);
}
const locator = mkdtempSync(join(tmpdir(), 'assay-bench-parallel-'));
process.on('exit', () => rmSync(locator, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
const floor = fileURLToPath(new URL('scan-floor.js', import.meta.url));
const [ordinary, signed] = ['negatives', 'c2pa-public-testfiles'].map((name) => mediaIn(join(corpus, name)));
const both = Array.from({ length: Math.max(ordinary.length, signed.length) }, (_, i) => [
  ordinary[i % ordinary.length],
  signed[i % signed.length],
]).flat();
const trees = [
  { name: 'ordinary', media: ordinary, count: short ? 60 : 3000, aim: 1.5 },
  { name: 'half', media: both, count: short ? 40 : 1500, aim: 1 },
];

/** Counts processor time in a control group if one can be created; no other count includes killed readers. */
function controlGroup() {
  const old = existsSync('/sys/fs/cgroup/cpuacct');
  const folder = join(old ? '/sys/fs/cgroup/cpuacct' : '/sys/fs/cgroup', `assay-parallel-${process.pid}`);
  try {
    mkdirSync(folder);
  } catch {
    return undefined;
  }
  const read = () => readFileSync(join(folder, old ? 'cpuacct.usage' : 'cpu.stat'), 'utf8');
  return {
    procs: join(folder, 'cgroup.procs'),
    seconds: () => (old ? Number(read()) / 1e9 : Number(/usage_usec (\d+)/.exec(read())?.[1]) / 1e6),
    end: () => rmdirSync(folder),
  };
}

const group = controlGroup();
console.log(
  group === undefined
    ? 'processor time by rusage of children that were waited for: readers that were killed are not in it'
    : 'processor time by control group: all children',
);

/** Returns wall and processor seconds of one command. */
async function timed(file, list) {
  const before = group?.seconds() ?? 0;
  const usage = childrenSeconds();
  const start = performance.now();
  const child = spawn('/bin/sh', ['-c', 'read go; exec "$@"', 'sh', file, ...list], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  if (group !== undefined) writeFileSync(group.procs, String(child.pid));
  child.stdin.end('go\n');
  const [code] = await once(child, 'exit');
  // Rejects commands that did not run at all, which would otherwise look fast.
  if (code === null || [2, 126, 127].includes(code)) throw new Error(`${file} ${list[0]} ended with ${code}`);
  const wall = (performance.now() - start) / 1000;
  // The kernel may take a moment to count killed processes.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const cpu = group === undefined ? childrenSeconds() - usage : group.seconds() - before;
  return { wall, cpu };
}

/** Returns `cutime` and `cstime` of this process, which the kernel counts in hundredths of a second. */
function childrenSeconds() {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

for (const { name, media, count, aim } of trees) {
  const tree = join(locator, name);
  copyInto(tree, media, count);
  const out = join(locator, 'out.ndjson');
  const sides = [
    {
      name: 'assay scan',
      run: () =>
        timed(process.execPath, [bin, 'scan', tree, '--out', out, '--overwrite', '--progress', 'none']),
    },
    {
      name: 'exiftool in parallel',
      run: () =>
        timed('/bin/sh', [
          '-c',
          `find "$1" -type f -print0 | xargs -0 -P${availableParallelism()} -n 500 exiftool -j`,
          'sh',
          tree,
        ]),
    },
  ];
  // Builds what is stale and warms caches; does not count.
  for (const side of sides) await side.run();
  const all = sides.map(() => []);
  for (let round = 0; round < Number(times); round += 1)
    for (const [at, side] of sides.entries()) all[at].push(await side.run());
  console.log(`\n${name}: ${count} files, ${times} rounds, medians`);
  for (const [at, side] of sides.entries())
    console.log(
      `  ${side.name.padEnd(22)} ${median(all[at].map(({ wall }) => wall)).toFixed(2)} s wall, ${median(all[at].map(({ cpu }) => cpu)).toFixed(2)} s processor`,
    );
  const ratio = (of) => {
    const ratios = all[0].map((one, i) => all[1][i][of] / one[of]);
    return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
  };
  console.log(
    `  rate to exiftool’s: ${ratio('wall')} by wall, aim ${aim}; ${ratio('cpu')} by processor time`,
  );
  const { stdout } = await run(process.execPath, [floor, tree], { maxBuffer: 1024 ** 2 });
  console.log(stdout.replaceAll(/^/gm, '  ').trimEnd());
}
group?.end();
