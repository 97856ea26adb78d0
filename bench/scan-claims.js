/**
 * Runs `assay scan` over files that no AI made (themes, games, sound packs, docs) and prints how many pictures and
 * sounds were read, and each that is reported as AI: signed, in a label, by a trace or in text. A single one fails the
 * run.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('usage: node bench/scan-claims.js FOLDER…');
  process.exit(2);
}
await import('../scripts/from-sources.js');

const assay = join(fileURLToPath(new URL('..', import.meta.url)), 'bin', 'assay.js');
const scan = spawn(process.execPath, [assay, 'scan', ...folders], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => scan.on('close', resolve));

const SILENT = new Set(['not-stated', 'could-not-look']);
const kinds = new Map();
let claims = 0;
for await (const line of createInterface({ input: scan.stdout })) {
  const { schema, path, asset, summary, signals } = JSON.parse(line);
  if (schema !== 'assay.scan-record/1') continue;
  kinds.set(asset.kind, (kinds.get(asset.kind) ?? 0) + 1);
  const says = signals.some(({ id }) => id === 'file.aiText') || !SILENT.has(summary.facts.ai.code);
  if (!says) continue;
  claims += 1;
  console.log(`${path}\t${summary.headline.text}`);
}
console.log(
  `${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')}; ${claims} said to speak of AI`,
);
if ((await ended) === 3 || kinds.size === 0 || claims > 0) process.exitCode = 1;
