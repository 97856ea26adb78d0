/**
 * Lists the generated files and their expected content. Importers run the sources: scripts through from-sources.js,
 * tests directly.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAWS, lawIndex } from './law-index.js';

const BASELINE = 'tests/http/api-baseline.txt';
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each generated file with its expected content. */
const GENERATED = [
  // First, because the following ones read the laws that it lists.
  { file: `${LAWS}/index.json`, content: law },
  {
    file: 'src/http/openapi/api-examples.json',
    content: async () => `${JSON.stringify(await examples(), null, 2)}\n`,
  },
  {
    file: 'src/matching/hamming-module.ts',
    content: async () => (await import('./hamming-kernel.js')).fingerprintKernel(),
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
  {
    file: 'docker-seccomp.json',
    content: async () => (await import('./docker-seccomp.js')).dockerSeccomp(),
  },
  { file: 'docs/rooms.md', content: async () => (await import('./docs/modules.js')).modulesPage() },
  { file: 'docs/report.md', content: async () => (await import('./docs/report.js')).reportPage() },
];

async function law() {
  const { computeRulebookDigest: digestOf } = await import('../src/core/law/rulebooks/digest.ts');
  return lawIndex(join(ROOT, LAWS), digestOf);
}

/** Uses the present examples, because the file may contain outdated ones. */
async function openapi() {
  described ??= import('../src/http/describe-api.ts').then(async ({ describeApi }) =>
    describeApi(await examples()),
  );
  return described;
}
let described;

/** Published lines stay even if the description lost them; then the description is wrong. */
async function baseline(lost) {
  const { broken, grown, heldBy, linesOf } = await import('./api-baseline.js');
  const before = (await readFile(join(ROOT, BASELINE), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const yaml = await openapi();
  const now = linesOf(yaml);
  lost.push(...broken(before, now, heldBy(yaml)).map((line) => `${BASELINE}: ${line}`));
  return `${grown(before, now).join('\n')}\n`;
}

let made;
async function examples() {
  made ??= import('./docs/api-examples.js').then(({ apiExamples }) => apiExamples());
  return made;
}

/**
 * Passes each outdated file to `differs(file, wanted)`, in generation order, and returns a line for each published item
 * that is broken.
 */
export async function compareGenerated(differs) {
  const lost = [];
  for (const { file, content } of GENERATED) {
    const wanted = await content(lost);
    const present = await readFile(join(ROOT, file), 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (present !== wanted) await differs(file, wanted);
  }
  return lost;
}
