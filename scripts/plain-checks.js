import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Build } from 'typebox/schema';

/**
 * The checks of the module at `path` (core/schema-checks) as plain code, to stand in its place: the module itself would
 * load the schema library and compile them at every start. `folder`: one within the project, where the libraries that
 * the module imports are found.
 */
export async function plainChecks(root, path, folder) {
  const { schemas } = await loaded(root, path, folder);
  const checks = Object.entries(schemas).map(([name, schema]) => plainCheck(name, Build(schema)));
  return `import { Guard } from 'typebox/guard';\n${checks.join('')}`;
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

/** The code that the library would evaluate itself, with the patterns it refers to. */
function plainCheck(name, build) {
  const { identifier, variables } = build.External();
  const code = build.Evaluate().Code();
  const strange = variables.find((one) => !(one instanceof RegExp));
  if (strange !== undefined || /\b(Hashing|CheckContext)\b/.test(code))
    throw new Error(`${name}: the check is more than patterns and plain code`);
  return `export const ${name} = ((${identifier}) => { ${code} })([${variables.join(', ')}]);\n`;
}
