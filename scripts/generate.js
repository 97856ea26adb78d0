/**
 * Writes the files that are made from the code. With `--check` it writes nothing
 * and exits 1 when one of them is not what the code says, naming it.
 */
import './from-sources.js';

import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAWS, lawIndex } from './law-index.js';

const BASELINE = 'docs/api-baseline.txt';
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each file, and what should stand in it. */
const GENERATED = [
  // First: what follows reads the laws that it lists.
  { file: `${LAWS}/index.json`, content: law },
  {
    file: 'src/catalogues/messages.ts',
    content: async () => (await import('./catalogues.js')).messagesModule(),
  },
  {
    file: 'src/http/api-examples.json',
    content: async () => `${JSON.stringify(await examples(), null, 2)}\n`,
  },
  {
    file: 'src/core/likeness/nearest-module.ts',
    content: async () => (await import('./likeness-kernel.js')).likenessKernel(),
  },
  { file: 'openapi.yaml', content: openapi },
  { file: BASELINE, content: baseline },
  { file: 'docs/signals.md', content: async () => (await import('./docs/signals.js')).signalsPage() },
  {
    file: 'docs/signatures.md',
    content: async () => (await import('./docs/signatures.js')).signaturesPage(),
  },
  { file: 'docs/rulebooks.md', content: async () => (await import('./docs/rulebooks.js')).rulebooksPage() },
  {
    file: 'clients/typescript/src/api.ts',
    content: async () => (await import('./client/api.js')).clientApi(await openapi()),
  },
  { file: 'docs/report.md', content: async () => (await import('./docs/report.js')).reportPage() },
];

async function law() {
  const { digestOf } = await import('../src/core/law/rulebooks/digest.ts');
  return lawIndex(join(ROOT, LAWS), digestOf);
}

/** With the examples as they are now: the file may hold those of before. */
async function openapi() {
  const { describeApi } = await import('../src/http/describe-api.ts');
  return describeApi(await examples());
}

/** Lines that were published stay, also where the description has lost them: then it is the description that is wrong. */
async function baseline() {
  const { broken, grown, heldBy, linesOf } = await import('./api-baseline.js');
  const before = (await readFile(join(ROOT, BASELINE), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const yaml = await openapi();
  const now = linesOf(yaml);
  for (const line of broken(before, now, heldBy(yaml))) {
    console.error(`${BASELINE}: ${line}`);
    process.exitCode = 1;
  }
  return `${grown(before, now).join('\n')}\n`;
}

let made;
async function examples() {
  made ??= import('./docs/api-examples.js').then(({ apiExamples }) => apiExamples());
  return made;
}

const check = process.argv.includes('--check');
for (const { file, content } of GENERATED) {
  const path = join(ROOT, file);
  const wanted = await content();
  const present = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (present === wanted) continue;
  if (check) {
    console.error(`${file} is not what the code says; run: npm run generate`);
    process.exitCode = 1;
  } else {
    await writeFile(path, wanted);
    console.error(`${file} written`);
  }
}
