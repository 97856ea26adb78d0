import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Build } from 'typebox/schema';

/**
 * Compiles the checks of the module at `path` (core/law/schema-checks) to plain code that replaces it. The module
 * itself would load the schema library and compile the checks at every start. `folder`: a folder within the project,
 * from which the module's imported libraries resolve.
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

/** Schemas describe messages, and read these from the catalogues next to the sources. */
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
 * Returns the same schema with repeated parts defined once and referenced. The library then writes one function per
 * part instead of the same code in each place, and Node has to read and compile all of it at every start.
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

/** A map of members is an object too, but not a schema. */
const isSchema = ({ type, anyOf, enum: one, $defs }) =>
  typeof type === 'string' || Array.isArray(anyOf) || Array.isArray(one) || $defs !== undefined;

/** A schema that refers to its own definitions. */
const isWhole = ({ $defs }) => $defs !== undefined;

/** Includes non-enumerable members of the library, such as the marker of a function check, which is rejected above. */
const mapped = (value, how) =>
  Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, how(value[name])]));

/** Checks that an object has only these names. */
const WITHIN = `const within = (of, names) => {
  const own = Object.getOwnPropertyNames(of);
  for (let at = 0; at < own.length; at += 1) if (!names.has(own[at])) return false;
  return true;
};
`;

/** Returns the code that the library would evaluate itself, with the patterns that it refers to. */
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

/** Returns one shared set for equal lists of texts. */
function setOf(texts, sets) {
  const key = JSON.stringify(texts);
  if (!sets.has(key)) sets.set(key, `texts_${sets.size}`);
  return sets.get(key);
}

/**
 * The library matches each member name against a pattern and compares allowed texts one after the other. A set answers
 * both at once, and these make up most of the time of checking a record. The set is inlined, because a wrapper function
 * per list costs more than the lookup.
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

/** Returns the names that a pattern accepts; `undefined` for a pattern that accepts anything else. */
function namesIn({ source, flags }) {
  if (flags !== 'u' || !/^\(\^\w+\$(\|\^\w+\$)*\)$/.test(source)) return undefined;
  return source
    .slice(1, -1)
    .split('|')
    .map((one) => one.slice(1, -1));
}
