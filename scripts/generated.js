/**
 * The files that are made from the code, and what should stand in each. Whoever imports this runs the sources: a script by
 * from-sources.js, the tests by themselves.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAWS, lawIndex } from './law-index.js';

const BASELINE = 'docs/api-baseline.txt';
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

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
  {
    file: 'docker-seccomp.json',
    content: async () => (await import('./docker-seccomp.js')).dockerSeccomp(),
  },
  { file: 'docs/report.md', content: async () => (await import('./docs/report.js')).reportPage() },
];

async function law() {
  const { digestOf } = await import('../src/core/law/rulebooks/digest.ts');
  return lawIndex(join(ROOT, LAWS), digestOf);
}

/** With the examples as they are now: the file may hold those of before. */
async function openapi() {
  described ??= import('../src/http/describe-api.ts').then(async ({ describeApi }) =>
    describeApi(await examples()),
  );
  return described;
}
let described;

/** Lines that were published stay, also where the description has lost them: then it is the description that is wrong. */
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
 * Hands each that is not what the code says to `differs(file, wanted)`, in the order in which they are made, and gives a line
 * for each thing that was published and is broken.
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
