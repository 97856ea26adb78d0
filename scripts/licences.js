import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who hands on what is bundled hands on the licences of those whose work it is, and can look up what it is. */
export const LICENCES = 'LICENSES-OF-PARTS.txt';
export const PARTS = 'parts.json';

/** Writes beside the bundles which packages went into them, of the paths of all that did, and under which licences. */
export function writeLicences(inputs, root, dist) {
  const parts = packagesOf(inputs).map((folder) => partAt(join(root, folder)));
  const texts = parts.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`,
  );
  writeFileSync(join(dist, LICENCES), texts.join(`\n${'-'.repeat(72)}\n\n`));
  const names = parts.map(({ name, version }) => ({ name, version }));
  writeFileSync(join(dist, PARTS), `${JSON.stringify(names, undefined, 2)}\n`);
}

/** `node_modules/a/node_modules/@b/c/index.js` → `node_modules/a/node_modules/@b/c`, each once. */
function packagesOf(inputs) {
  const folders = inputs.map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

function partAt(folder) {
  const { name, version, license = 'none' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, licence: license, text: licenceIn(folder) };
}

/** Some packages name a licence and hold no text of it: its name then has to do. */
function licenceIn(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined
    ? 'The package holds no text of its licence.'
    : readFileSync(join(folder, file), 'utf8').trim();
}

/** What a build bundled; nothing is known of it where none has been made. */
export function bundledParts(dist) {
  const path = join(dist, PARTS);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}
