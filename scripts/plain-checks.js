import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes the checks of core/schema-checks as plain code in the place of the compiled module, which would load the
 * schema library and compile them at every start.
 */
export async function writePlainChecks(dist) {
  const path = join(dist, 'core/schema-checks.js');
  if (!existsSync(path)) return;
  const [{ Build }, { schemas }] = await Promise.all([import('typebox/schema'), import(pathToFileURL(path))]);
  const checks = Object.entries(schemas).map(([name, schema]) => plainCheck(name, Build(schema)));
  const imports = "import { Guard } from 'typebox/guard';\n";
  writeFileSync(path, `// Written by scripts/plain-checks.js.\n${imports}${checks.join('')}`);
}

/** The code that the library would evaluate itself, with the patterns it refers to. */
function plainCheck(name, build) {
  const { identifier, variables } = build.External();
  const code = build.Evaluate().Code();
  const strange = variables.find((one) => !(one instanceof RegExp));
  if (strange !== undefined || /\b(Hashing|CheckContext)\b/.test(code))
    throw new Error(`${name}: the check is more than patterns and plain code`);
  return `export const ${name} = ((${identifier}) => { ${code} })([${variables.join(', ')}]);\n`;
}
