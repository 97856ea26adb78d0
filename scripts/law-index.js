import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const AGAIN = 'one that was published nowhere yet: node scripts/law-index.js --unpublished';

/** Where the laws stand, each in a folder that is called by its id. */
export const LAWS = 'src/core/law/rulebooks';

/**
 * `index.json` of a folder of laws: each with its edition and the digest of what it says. An edition is one text: where the
 * digest is another one than `before` lists for the same edition, or CHANGES.md has no line for the edition, it throws.
 * `digestOf`: of core/law/rulebooks/digest.ts.
 */
export function lawIndex(folder, digestOf, before = listed(folder)) {
  const wrong = [];
  const rulebooks = readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name: id }) => {
      const files = new Map(
        readdirSync(join(folder, id))
          .filter((name) => name.endsWith('.json'))
          .map((name) => [name, JSON.parse(readFileSync(join(folder, id, name), 'utf8'))]),
      );
      const { edition } = files.get('book.json') ?? {};
      const digest = digestOf(files);
      const known = before.find((one) => one.id === id);
      if (known !== undefined && known.edition === edition && known.digest !== digest)
        wrong.push(
          `${id}: it says something else than before, and its edition is still ${edition} (${AGAIN})`,
        );
      if (!hasLine(join(folder, id, 'CHANGES.md'), edition))
        wrong.push(`${id}: CHANGES.md has no line for the edition ${edition}`);
      return { id, edition, digest };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (wrong.length > 0) throw new Error(`law: ${wrong.join('\nlaw: ')}`);
  return `${JSON.stringify({ rulebooks }, null, 2)}\n`;
}

function listed(folder) {
  const path = join(folder, 'index.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).rulebooks : [];
}

/** A heading for the edition, and under it something. */
function hasLine(path, edition) {
  if (!existsSync(path)) return false;
  const parts = readFileSync(path, 'utf8').split(/^## /m);
  return parts.some((part) => part.startsWith(`${edition}\n`) && /^- \S/m.test(part));
}

/** For a build: throws where `index.json` is not what the folder says. */
export async function checkLawIndex(root) {
  const folder = join(root, LAWS);
  if (!existsSync(folder)) return;
  if (readFileSync(join(folder, 'index.json'), 'utf8') !== lawIndex(folder, await digestIn(root)))
    throw new Error(`law: ${LAWS}/index.json is not what the folder says; run: npm run generate`);
}

/** The function of the sources, without a build of them. */
async function digestIn(root) {
  const { buildSync } = await import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [join(root, LAWS, 'digest.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).digestOf;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const before = process.argv.includes('--unpublished') ? [] : undefined;
  writeFileSync(join(root, LAWS, 'index.json'), lawIndex(join(root, LAWS), await digestIn(root), before));
}
