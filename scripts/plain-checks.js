import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Build } from 'typebox/schema';

/**
 * The checks of the module at `path` (core/law/schema-checks) as plain code, to stand in its place: the module itself would
 * load the schema library and compile them at every start. `folder`: one within the project, where the libraries that
 * the module imports are found.
 */
export async function plainChecks(root, path, folder) {
  const { schemas } = await loaded(root, path, folder);
  const checks = Object.entries(schemas).map(([name, schema]) => plainCheck(name, Build(onceEach(schema))));
  return `import { Guard } from 'typebox/guard';\n${WITHIN}${checks.join('')}`;
}

async function loaded(root, path, folder) {
  const outfile = join(folder, `schemas.${randomBytes(3).toString('hex')}.mjs`);
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [path],
      outfile,
      bundle: true,
      packages: 'external',
      plugins: [whereTheyStand],
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** Schemas say what words mean, and read that from the catalogues beside the sources. */
const whereTheyStand = {
  name: 'where-they-stand',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      const own = JSON.stringify(pathToFileURL(path).href);
      return { contents: code.replaceAll('import.meta.url', own), loader: 'ts' };
    });
  },
};

/**
 * The same schema, where what stands in several places stands once and is referred to: the library writes a function for
 * it, and not the same code in each place. Node has to read and compile all of it at every start.
 */
function onceEach(schema) {
  const counts = new Map();
  count(schema, counts);
  const $defs = {};
  const names = new Map();
  const referring = (value, isRoot = false) => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => referring(one));
    const text = JSON.stringify(value);
    if (isRoot || !isSchema(value) || text.length < WORTH_A_FUNCTION || counts.get(text) === 1)
      return isWhole(value) ? value : mapped(value, referring);
    if (!names.has(text)) {
      const name = `Once${names.size}`;
      names.set(text, name);
      $defs[name] = isWhole(value) ? value : mapped(value, referring);
    }
    return { $ref: `#/$defs/${names.get(text)}` };
  };
  const rewritten = referring(schema, true);
  return names.size === 0 || isWhole(schema) ? schema : { ...rewritten, $defs };
}
const WORTH_A_FUNCTION = 300;

function count(value, counts) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const text = JSON.stringify(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (isWhole(value)) return;
  }
  for (const one of Object.values(value)) count(one, counts);
}

/** A list of members by name is none, though it is an object too. */
const isSchema = ({ type, anyOf, enum: one, $defs }) =>
  typeof type === 'string' || Array.isArray(anyOf) || Array.isArray(one) || $defs !== undefined;

/** It refers to parts of its own. */
const isWhole = ({ $defs }) => $defs !== undefined;

/** With what the library hides from loops, as a check that is a function, which is refused above. */
const mapped = (value, how) =>
  Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, how(value[name])]));

/** Whether an object has no name but these. */
const WITHIN = `const within = (of, names) => {
  const own = Object.getOwnPropertyNames(of);
  for (let at = 0; at < own.length; at += 1) if (!names.has(own[at])) return false;
  return true;
};
`;

/** The code that the library would evaluate itself, with the patterns it refers to. */
function plainCheck(name, build) {
  const { identifier, variables } = build.External();
  const code = build.Evaluate().Code();
  const strange = variables.find((one) => !(one instanceof RegExp));
  if (strange !== undefined || /\b(Hashing|CheckContext)\b/.test(code))
    throw new Error(`${name}: the check is more than patterns and plain code`);
  const sets = new Map();
  const quick = withSets(code, variables, (texts) => setOf(texts, sets));
  const made = [...sets].map(([texts, set]) => `const ${set} = new Set(${texts});`).join(' ');
  return `export const ${name} = ((${identifier}) => { ${made} ${quick} })([${variables.join(', ')}]);\n`;
}

/** One set for the same texts, however often they are asked for. */
function setOf(texts, sets) {
  const key = JSON.stringify(texts);
  if (!sets.has(key)) sets.set(key, `texts_${sets.size}`);
  return sets.get(key);
}

/**
 * Which names an object may have the library asks a pattern for each name, and which texts a member may be one after the
 * other: a set answers both at once, and these are most of what a check of a record takes. A function that is made for each
 * list, to call another, costs more than that one.
 */
function withSets(code, variables, setFor) {
  const ofNames = code.replace(NAMES_ASKED, (whole, of, _, __, at) => {
    const names = namesIn(variables[at]);
    return names === undefined ? whole : `within(${of}, ${setFor(names)})`;
  });
  const ofEach = ofNames.replace(EACH_CHECKED, '.every($3)');
  return ofEach.replace(TEXTS_ASKED, (whole, open, member, first, others) => {
    const texts = [first, ...Array.from(others.matchAll(TEXT), ([, text]) => text)].map((text) =>
      JSON.parse(text),
    );
    // Each of the others closes a bracket that is open before the first.
    const left = open.length - (texts.length - 1);
    return texts.length < WORTH_A_SET || left < 0
      ? whole
      : `${'('.repeat(left)}${setFor(texts)}.has(${member})`;
  });
}
const WORTH_A_SET = 8;
const NAMES_ASKED =
  /Object\.getOwnPropertyNames\(([\w.]+)\)\.every\(\((\w+), (\w+)\) => \(\(External\[(\d+)\]\.test\(\2\) \|\| false\)\)\)/g;
const EACH_CHECKED = /\.every\(\((\w+), (\w+)\) => \((check_\d+)\(\1\)\)\)/g;
const TEXTS_ASKED = /(\(+)([\w.]+) === ("(?:[^"\\]|\\.)*")((?: \|\| \2 === "(?:[^"\\]|\\.)*"\))+)/g;
const TEXT = /=== ("(?:[^"\\]|\\.)*")\)/g;

/** Of a pattern that takes these names, and nothing else; undefined of any other. */
function namesIn({ source, flags }) {
  if (flags !== 'u' || !/^\(\^\w+\$(\|\^\w+\$)*\)$/.test(source)) return undefined;
  return source
    .slice(1, -1)
    .split('|')
    .map((one) => one.slice(1, -1));
}
