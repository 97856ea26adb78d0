/**
 * Checks the registry packages: origin, integrity, install scripts and licences. `--audit` also asks the registry for
 * known vulnerabilities.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, isStale } from './build.js';
import { isShipped } from './shipped.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const REGISTRY = 'https://registry.npmjs.org/';

/**
 * Licences under which a package may be shipped with Assay, which is Apache-2.0. None of them requires source
 * disclosure.
 */
const ALLOWED = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT-0',
    'MIT/X11',
  ],
  ...['OFL-1.1', 'Python-2.0', 'Unlicense', 'Zlib'],
]);

/** Packages that state another licence, or none, with the reason why they are accepted. */
const BY_NAME = [
  // libvips, a separate library that sharp loads and that anyone may replace, as the LGPL requires.
  { name: /^@img\/sharp-/, licence: /LGPL-3\.0-or-later/ },
  // Its LICENSE file is the MIT licence; package.json lacks the field.
  { name: /^png-js$/, licence: /^none$/ },
  // Dependency of unzipper, which only the install script of c2pa-node uses; that script never runs, and nothing loads
  // it.
  { name: /^buffers$/, licence: /^none$/ },
];

/** Packages that work without their install script: the tarball contains the binary for linux-x64. */
const INERT_SCRIPTS = new Set(['@contentauth/c2pa-node', 'esbuild', 'fsevents']);

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** `(MIT OR GPL-3.0)` may be used under MIT; of `MIT AND Zlib` both must be allowed. */
export function isAllowed(licence) {
  const plain = licence.replace(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one.trim())));
}

/** Returns one sentence per fault. `shipped`: whether a development package is distributed in a build. */
export function faultsOf(lock, manifest, shipped = () => false) {
  const faults = [];
  for (const list of ['dependencies', 'devDependencies']) {
    for (const [name, version] of Object.entries(manifest[list] ?? {})) {
      if (!/^\d+\.\d+\.\d+(-r\.\d+)?$/.test(version)) faults.push(`${name}: ${version} is no exact version`);
    }
  }
  for (const [path, part] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const name = nameOf(path);
    const {
      resolved,
      integrity = '',
      license: licence = 'none',
      link,
      dev,
      hasInstallScript,
      version,
    } = part;
    if (link || !path.startsWith('node_modules/')) faults.push(`${path}: is not from the registry`);
    if (resolved !== undefined && !resolved.startsWith(REGISTRY))
      faults.push(`${name}: comes from ${resolved}`);
    if (!integrity.startsWith('sha512-')) faults.push(`${name}: has no sha512`);
    if (hasInstallScript && !INERT_SCRIPTS.has(name))
      faults.push(`${name}: wants to run a script when installed`);
    const excepted = BY_NAME.some((one) => one.name.test(name) && one.licence.test(licence));
    const handedOn = !dev || shipped(name, version);
    if (handedOn && !isAllowed(licence) && !excepted) faults.push(`${name}: its licence is ${licence}`);
  }
  return faults;
}

/** Returns undefined if the registry does not answer: mirrors seldom do. */
function knownWeaknesses(isHandedOn) {
  let answer;
  try {
    answer = execFileSync('npm', ['audit', '--json'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    answer = error.stdout;
  }
  const { vulnerabilities } = JSON.parse(String(answer).match(/^\{[\s\S]*\}/)?.[0] ?? '{}');
  if (vulnerabilities === undefined) return undefined;
  const handedOn = Object.values(vulnerabilities).filter(({ name }) => isHandedOn(name));
  return handedOn.map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const read = (name) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
  if (isStale()) await build();
  const lock = read('package-lock.json');
  const shipped = isShipped(ROOT);
  const faults = faultsOf(lock, read('package.json'), shipped);
  if (process.argv.includes('--audit')) {
    const parts = Object.entries(lock.packages).filter(
      ([path, { dev, version }]) => path !== '' && (!dev || shipped(nameOf(path), version)),
    );
    const names = new Set(parts.map(([path]) => nameOf(path)));
    const known = knownWeaknesses((name) => names.has(name));
    if (known === undefined)
      process.stdout.write('known weaknesses: not checked, the registry does not answer\n');
    else faults.push(...known);
  }
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`parts: ${faults.length === 0 ? 'nothing found' : `${faults.length} faults`}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
