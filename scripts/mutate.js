/**
 * Measures whether the tests notice wrong code: changes one place of detectors, summary or law at a time, in a copy of the
 * project, and runs the unit tests of the same folder. A change that no test notices is printed.
 *
 *   npm run mutate                 # 100 places
 *   npm run mutate -- 300 7 law    # 300 places of law, drawn with the seed 7
 *
 * The tests that import the changed file run first, then all of its folder. Tests of other folders run the same code, so
 * some of the printed changes are noticed there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const COPIED = new Set(['src', 'tests', 'scripts', 'package.json', 'vitest.config.ts', 'tsconfig.json']);
const SWAPPED = new Map(
  Object.entries({
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '===': '!==',
    '!==': '===',
    '&&': '||',
    '||': '&&',
  }),
);
/** Tests without a change are given as long as this first; each later run five times what they took. */
const FIRST_RUN_MS = 600_000;

/** Returns the changes of one node: where, and what stands there instead. */
function changesAt(node, parent, code) {
  const swapped = SWAPPED.get(node.operator);
  if (swapped && node.left) {
    const between = code.slice(node.left.end, node.right.start);
    return [{ start: node.left.end, end: node.right.start, text: between.replace(node.operator, swapped) }];
  }
  const { start, end } = node.test ?? node;
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression')
    return ['true', 'false'].map((text) => ({ start, end, text }));
  if (node.type === 'UnaryExpression' && node.operator === '!') return [{ start, end: start + 1, text: '' }];
  if (node.type === 'ExpressionStatement' && !node.directive) return [{ start, end, text: ';' }];
  if (node.type !== 'Literal' || parent?.key === node) return [];
  if (typeof node.value === 'boolean') return [{ start, end, text: String(!node.value) }];
  if (typeof node.value === 'number') return [{ start, end, text: String(node.value + 1) }];
  return typeof node.value === 'string' && node.value !== '' ? [{ start, end, text: "''" }] : [];
}

/** Returns the changes of a file. Types and imports are left out, because they are gone when the code runs. */
function changesOf(code) {
  const found = [];
  const visit = (node, parent) => {
    if (Array.isArray(node)) for (const one of node) visit(one, parent);
    else if (/^TS/.test(node?.type ?? '')) visit(node.expression, node);
    else if (node?.type && !/^(Import|Export(All|Named))Declaration$/.test(node.type)) {
      found.push(...changesAt(node, parent, code));
      for (const [name, child] of Object.entries(node))
        if (name !== 'typeAnnotation' && typeof child === 'object') visit(child, node);
    } else if (node?.declaration) visit(node.declaration, node);
  };
  visit(parseAst(code, { lang: 'ts' }).body, undefined);
  return found;
}

/** Draws without replacement (mulberry32), so that a seed names a sample. */
function draw(all, count, seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const left = [...all];
  return Array.from(
    { length: Math.min(count, all.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0],
  );
}

const [count = '100', seed = '1', ...folders] = process.argv.slice(2);
const FOLDERS = folders.length > 0 ? folders : ['detectors', 'summary', 'law'];
const VITEST = 'node_modules/vitest/vitest.mjs';
const copy = mkdtempSync(join(tmpdir(), 'assay-mutate-'));
const run = (tests, timeout) =>
  spawnSync(process.execPath, [VITEST, 'run', '--project', 'unit', '--bail', '1', ...tests], {
    cwd: copy,
    timeout,
    encoding: 'utf8',
    killSignal: 'SIGKILL',
  });
/** Returns the tests of a folder that import the file. */
const testsOf = (folder, path) =>
  readdirSync(join(copy, 'tests/core', folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('.corpus.'))
    .map((name) => join('tests/core', folder, name))
    .filter((test) => readFileSync(join(copy, test), 'utf8').includes(`/${basename(path, '.ts')}.js'`));
try {
  for (const name of readdirSync(ROOT)) {
    if (COPIED.has(name)) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    else symlinkSync(join(ROOT, name), join(copy, name));
  }
  const places = FOLDERS.flatMap((folder) => {
    const root = join(copy, 'src/core', folder);
    return readdirSync(root, { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        changesOf(readFileSync(join(root, name), 'utf8')).map((one) => ({
          folder,
          path: join(root, name),
          ...one,
        })),
      );
  });
  const took = new Map();
  for (const folder of FOLDERS) {
    const began = Date.now();
    const { status, stdout } = run([`tests/core/${folder}/`], FIRST_RUN_MS);
    if (status !== 0) throw new Error(`the tests of ${folder} fail without a change:\n${stdout}`);
    took.set(folder, Date.now() - began);
  }
  let noticed = 0;
  const sample = draw(places, Number(count), Number(seed));
  for (const { folder, path, start, end, text } of sample) {
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.slice(0, start) + text + before.slice(end));
    // A run that does not end has noticed the change, too.
    const near = testsOf(folder, path);
    const isNoticed = [near, [`tests/core/${folder}/`]].some(
      (tests) => tests.length > 0 && run(tests, 5 * took.get(folder)).status !== 0,
    );
    writeFileSync(path, before);
    if (isNoticed) noticed += 1;
    else {
      const line = before.slice(0, start).split('\n').length;
      console.log(
        `${path.slice(copy.length + 1)}:${line}  ${before.slice(start, end).trim()}  →  ${text.trim() || '(nothing)'}`,
      );
    }
  }
  console.log(`${noticed} of ${sample.length} changes noticed, of ${places.length} possible (seed ${seed})`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
