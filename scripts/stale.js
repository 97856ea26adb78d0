import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const SETTINGS = [
  'tsconfig.json',
  'package.json',
  'scripts/build.js',
  'scripts/built-catalogue.js',
  'scripts/bundle.js',
  'scripts/declarations.js',
  'scripts/law-index.js',
  'scripts/licences.js',
  'scripts/native-engine.js',
  'scripts/plain-checks.js',
  'scripts/stale.js',
];
/** Its modification time is when the build that made this dist/ began. */
export const STAMP = '.stamp';

/**
 * True when `dist/` is missing or something it was made from is newer. This is on the way of every start in a checkout: only
 * `stat` calls, some 1,500 of them, with paths put together by hand, and nothing imported besides.
 */
export function isStale(root = ROOT) {
  const built = modified(`${root}/dist/${STAMP}`);
  if (built === undefined) return true;
  for (const name of SETTINGS) if ((modified(`${root}/${name}`) ?? 0) > built) return true;
  return newerInside(`${root}/src`, built);
}

/** In milliseconds; undefined for what is not there. */
export function modified(path) {
  return statSync(path, IF_THERE)?.mtimeMs;
}
const IF_THERE = { throwIfNoEntry: false };

/** A folder's own time counts too: it moves when a file is taken away. */
function newerInside(folder, built) {
  if ((modified(folder) ?? 0) > built) return true;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() ? newerInside(path, built) : (modified(path) ?? 0) > built) return true;
  }
  return false;
}
