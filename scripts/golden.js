/**
 * Generates tests/core/law/golden.json: four files under every rulebook on eight days. With `--check` it writes nothing
 * and exits 1 if the file is outdated. A changed line is a changed answer and must be reviewed.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GOLDEN = join(ROOT, 'tests/core/law/golden.json');

export const DAYS = [
  '2019-12-31',
  '2020-01-01',
  '2025-08-31',
  '2025-09-01',
  '2026-08-02',
  '2026-09-30',
  '2026-12-02',
  '2027-01-01',
];

/** Golden files, each with a description of what it stands for, in the order of docs/rulebooks.md. */
export const FILES = [
  {
    file: 'labels/png-gb45438-xmp.png',
    stands:
      'A picture from a Chinese generator: GB 45438 label in XMP, written on by a platform, no credentials.',
  },
  {
    file: 'c2pa/png-c2pa-disclosed.png',
    stands:
      'A picture from a generator that signs: Content Credentials with a listed signer, a proven timestamp, system and version, a declared watermark.',
  },
  { file: 'plain/plain.jpg', stands: 'A stripped picture: no credentials, no label, no trace.' },
  { file: 'labels/jpeg-camera-exif.jpg', stands: 'A camera photo: EXIF and nothing else.' },
];

/** Returns file → rulebook and rule → outcomes, one per day. */
export async function goldenTable() {
  const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
  const trustDir = mkdtempSync(join(tmpdir(), 'assay-golden-'));
  for (const folder of ['private', 'private/tsa']) {
    mkdirSync(join(trustDir, folder), { recursive: true });
    cpSync(join(ROOT, 'fixtures/ca/root.pem'), join(trustDir, folder, 'root.pem'));
  }
  const inspector = createInspector({ jobs: 2, trustDir });
  try {
    const table = {};
    for (const { file } of FILES) {
      const rows = {};
      for (const asOf of DAYS) {
        const path = join(ROOT, 'fixtures', file);
        const ask = { name: 'file', asOf, engine: 'auto', rulebooks: ['all'] };
        const { findings } = await inspector.inspect({ path, ...ask });
        for (const { rulebook, rule, outcome } of findings) {
          const key = `${rulebook} ${rule}`;
          rows[key] = [...(rows[key] ?? []), outcome];
        }
      }
      table[file] = rows;
    }
    return table;
  } finally {
    await inspector.close();
    rmSync(trustDir, { recursive: true, force: true });
  }
}

export const readGolden = () => JSON.parse(readFileSync(GOLDEN, 'utf8'));

/** Writes one rule per line, so that the diff of a change is the line of the rule. */
export function goldenText(table) {
  const files = Object.entries(table).map(([file, rows]) => {
    const lines = Object.entries(rows).map(
      ([key, outcomes]) => `    ${JSON.stringify(key)}: ${JSON.stringify(outcomes)}`,
    );
    return `  ${JSON.stringify(file)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${files.join(',\n')}\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await import('./from-sources.js');
  const wanted = goldenText(await goldenTable());
  if (!process.argv.includes('--check')) writeFileSync(GOLDEN, wanted);
  else if (readFileSync(GOLDEN, 'utf8') !== wanted) {
    console.error('tests/core/law/golden.json is not what the code says; run: node scripts/golden.js');
    process.exitCode = 1;
  }
}
