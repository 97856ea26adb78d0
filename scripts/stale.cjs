'use strict';
const { readdirSync, statSync } = require('node:fs');
const { dirname } = require('node:path');

const ROOT = dirname(__dirname);
const SETTINGS = [
  'tsconfig.json',
  'package.json',
  'scripts/build.js',
  'scripts/built-catalogue.js',
  'scripts/bundle.js',
  'scripts/catalogues.js',
  'scripts/declarations.js',
  'scripts/law-index.js',
  'scripts/licences.js',
  'scripts/native-engine.js',
  'scripts/plain-checks.js',
  'scripts/stale.cjs',
  'scripts/stale.js',
];
/** Its modification time is when the build that made this dist/ began. */
const STAMP = '.stamp';

/**
 * True when `dist/` is missing or something it was made from is newer. This is on the way of every start in a checkout: only
 * `stat` calls, some 1,500 of them, with paths put together by hand, and nothing imported besides. CommonJS, as what asks is:
 * to load Node's other loader takes as long.
 */
function isStale(root = ROOT) {
  const built = modified(`${root}/dist/${STAMP}`);
  if (built === undefined) return true;
  for (const name of SETTINGS) if ((modified(`${root}/${name}`) ?? 0) > built) return true;
  return newerInside(`${root}/src`, built);
}

/** In milliseconds; undefined for what is not there. */
function modified(path) {
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

module.exports = { STAMP, isStale, modified };
