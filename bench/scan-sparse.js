/**
 * Scans a tree of large masters that are mostly holes. Measures the time of the walk and of the scan, and the share of
 * the digest alone (`sha256sum`, which reads holes as zeros, as every reader does). Every file must have a record, and
 * none may exceed its deadline.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const short = process.argv.includes('--short');
const gigabytes = Number(process.argv.slice(2).find((arg) => arg !== '--short') ?? (short ? 0.05 : 20));
const FILES = 4;
const work = mkdtempSync(join(tmpdir(), 'assay-bench-sparse-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const box = (type, bytes) => {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1, 0);
  head.write(type, 4, 'latin1');
  head.writeBigUInt64BE(BigInt(bytes), 8);
  return head;
};
const ftyp = Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1');
const each = Math.floor((gigabytes * 1024 ** 3) / FILES);
const tree = join(work, 'masters');
spawnSync('mkdir', [tree]);
for (let i = 0; i < FILES; i += 1) {
  // QuickTime file: its type, media data that is a hole, and a unique mark at the end.
  const fd = openSync(join(tree, `${i}.mov`), 'w');
  writeSync(fd, ftyp, 0, ftyp.length, 0);
  const head = box('mdat', each);
  writeSync(fd, head, 0, head.length, ftyp.length);
  ftruncateSync(fd, ftyp.length + each);
  const free = Buffer.concat([Buffer.from('\0\0\0\x0cfree', 'latin1'), Buffer.from([0, 0, 0, i])]);
  writeSync(fd, free, 0, free.length, ftyp.length + each);
  closeSync(fd);
}

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
async function seconds(file, ...args) {
  const begun = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (text) => (told += text));
  const [code] = await once(child, 'close');
  return { seconds: (performance.now() - begun) / 1_000, code, told };
}
const out = join(work, 'out.ndjson');
const walk = await seconds(process.execPath, bin, 'scan', tree, '--dry-run');
const scan = await seconds(process.execPath, bin, 'scan', tree, '--out', out);
const digest = await seconds('sh', '-c', `ls ${tree}/* | xargs -P2 -n1 sha256sum`);
const records = readFileSync(out, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const read = records.filter(({ schema }) => schema === 'assay.scan-record/1');
for (const { schema, path, code, message } of records)
  if (schema === 'assay.error/1') console.log(`${path}: ${code}: ${message}`);
const failed = read.filter(({ reads = {} }) =>
  Object.values(reads).some(({ status }) => status === 'failed'),
);
console.log(
  `${FILES} files of ${(each / 1024 ** 3).toFixed(2)} GiB, of which the disk holds next to nothing`,
);
console.log(
  `walk ${walk.seconds.toFixed(1)} s; scan ${scan.seconds.toFixed(1)} s; sha256sum, two at once, ${digest.seconds.toFixed(1)} s`,
);
console.log(
  `scan to digest: ${(scan.seconds / digest.seconds).toFixed(2)}; ${read.length} records, ${failed.length} with a place that failed`,
);
console.log(
  `load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(' ')}`,
);
process.exit(read.length === FILES && failed.length === 0 ? 0 : 1);
