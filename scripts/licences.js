import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Collects the licences of bundled packages, which must be distributed with them, and lists what is bundled. */
export const LICENCES = 'LICENSES-OF-PARTS.txt';
export const PARTS = 'parts.json';

/** Writes, next to the bundles, the bundled packages and their licences, derived from the paths of all inputs. */
export function writeLicences(inputs, root, dist) {
  const parts = packagesOf(inputs).map((folder) => partAt(join(root, folder)));
  const texts = parts.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`,
  );
  writeFileSync(join(dist, LICENCES), texts.join(`\n${'-'.repeat(72)}\n\n`));
  const names = parts.map(({ name, version }) => ({ name, version }));
  writeFileSync(join(dist, PARTS), `${JSON.stringify(names, undefined, 2)}\n`);
}

/** Returns each package once: `node_modules/a/node_modules/@b/c/index.js` → `node_modules/a/node_modules/@b/c`. */
function packagesOf(inputs) {
  const folders = inputs.map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

function partAt(folder) {
  const {
    name,
    version,
    license = 'none',
    author,
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const by = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  return { name, version, licence: license, text: licenceIn(folder, license, by) };
}

/** Some packages declare a licence without its text; for MIT, the known text is used. */
function licenceIn(folder, license, by) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  return license === 'MIT' ? `Copyright (c) ${by}\n\n${MIT}` : 'The package holds no text of its licence.';
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** Returns the packages that a build bundled; empty if no build exists. */
export function bundledParts(dist) {
  const path = join(dist, PARTS);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}
