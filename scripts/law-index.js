import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const AGAIN = 'one that was published nowhere yet: node scripts/law-index.js --unpublished';

/** Folder of the laws; each has a subfolder named by its id. */
export const LAWS = 'src/core/law/rulebooks';

/** Fragments that every law may use. */
const FRAGMENTS = new URL(`../${LAWS}/fragments.json`, import.meta.url);

/**
 * Returns `index.json` of a folder of laws: each with its edition and the digest of its content. An edition has one
 * text: throws if the digest differs from the one that `before` lists for the same edition, or if CHANGES.md has no
 * entry for the edition. `digestOf`: of core/law/rulebooks/digest.ts.
 */
export function lawIndex(folder, digestOf, before = listed(folder)) {
  const fragments = new Map(Object.entries(JSON.parse(readFileSync(FRAGMENTS, 'utf8'))));
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
      const digest = digestOf(files, fragments);
      const known = before.find((one) => one.id === id);
      if (known !== undefined && known.edition === edition && known.digest !== digest)
        wrong.push(
          `${id}: it says something else than before, and its edition is still ${edition} (${AGAIN})`,
        );
      if (!hasLine(join(folder, id, 'CHANGES.md'), edition))
        wrong.push(`${id}: CHANGES.md has no line for the edition ${edition}`);
      return { id, edition, digest, titles: titlesOf(files) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (wrong.length > 0) throw new Error(`law: ${wrong.join('\nlaw: ')}`);
  return `${JSON.stringify({ rulebooks }, null, 2)}\n`;
}

/** Returns the titles of a law by language. They are listed for many laws at once, without the rest of each law. */
function titlesOf(files) {
  return Object.fromEntries(
    [...files]
      .flatMap(([name, texts]) => {
        const [, language] = /^texts\.(.+)\.json$/.exec(name) ?? [];
        return language === undefined ? [] : [[language, texts.title]];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function listed(folder) {
  const path = join(folder, 'index.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).rulebooks : [];
}

/** Returns true if the edition has a heading with text under it. */
function hasLine(path, edition) {
  if (!existsSync(path)) return false;
  const parts = readFileSync(path, 'utf8').split(/^## /m);
  return parts.some((part) => part.startsWith(`${edition}\n`) && /^- \S/m.test(part));
}

/** Used by a build: throws if `index.json` does not match the folder. */
export async function checkLawIndex(root) {
  const folder = join(root, LAWS);
  if (!existsSync(folder)) return;
  if (readFileSync(join(folder, 'index.json'), 'utf8') !== lawIndex(folder, await digestIn(root)))
    throw new Error(`law: ${LAWS}/index.json is not what the folder says; run: npm run generate`);
}

/** Loads the digest function from the sources, without building them. */
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
  return (await import(`data:text/javascript;base64,${code}`)).computeRulebookDigest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const before = process.argv.includes('--unpublished') ? [] : undefined;
  writeFileSync(join(root, LAWS, 'index.json'), lawIndex(join(root, LAWS), await digestIn(root), before));
}
