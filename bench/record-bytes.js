/**
 * Prints the bytes that a record of scan results takes, by member.
 *   node bench/record-bytes.js RESULTS.ndjson…
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node bench/record-bytes.js RESULTS.ndjson…');
  process.exit(2);
}

const bytesOf = (value) => Buffer.byteLength(JSON.stringify(value));

for (const file of files) {
  const sizes = [];
  const members = new Map();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = JSON.parse(line);
    if (record.schema !== 'assay.scan-record/1') continue;
    sizes.push(Buffer.byteLength(line) + 1);
    for (const [name, value] of Object.entries(record))
      members.set(name, (members.get(name) ?? 0) + bytesOf({ [name]: value }) - 1);
  }
  sizes.sort((a, b) => a - b);
  const mean = Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
  const at = (share) => sizes[Math.floor((sizes.length - 1) * share)] ?? 0;
  console.log(
    `${file}: ${sizes.length} records, ${mean} bytes a record (median ${at(0.5)}, 90 % ${at(0.9)}, most ${at(1)})`,
  );
  for (const [name, sum] of [...members].sort(([, a], [, b]) => b - a))
    console.log(`  ${name.padEnd(20)} ${String(Math.round(sum / sizes.length)).padStart(6)}`);
}
