import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_NAMES, type EngineInfo, type EngineName } from './engine-names.js';
import { TESTED_ENGINES } from './engines.js';

/** npm packages of the engines. */
const PACKAGES: Readonly<Record<EngineName, string>> = {
  native: '@contentauth/c2pa-node',
  wasm: '@contentauth/c2pa-wasm',
};
export const NATIVE_PACKAGE = PACKAGES.native;

/** Platform name as used for the folders of dist/native/. */
export const PLATFORM = `${process.platform}-${process.arch}`;

interface InstalledEngine {
  version: string;
  file: string;
}

/**
 * Returns the path of the native C2PA SDK for this machine, or `undefined` if there is none. The copy in dist/ is used,
 * unless an operator installed the package and its version is newer or dist/ has no copy. The package is not a
 * dependency, because its install script fetches from GitHub and fails where only the npm registry is reachable.
 */
export function nativeBinary(): string | undefined {
  return findNativeEngine()?.file;
}

/** Returns the engine available on this machine, or the tested release if there is none. */
export function engineInfo(name: EngineName): EngineInfo {
  const tested = TESTED_ENGINES[name];
  const engine = name === 'native' ? findNativeEngine() : findInstalledEngine('wasm');
  if (engine === undefined || engine.version === tested.version) return tested;
  return { name, version: engine.version, sdk: sdkVersionIn(engine.file) };
}

/** Returns the engines available on this machine. The WASM engine runs wherever this program does. */
export function availableEngines(): readonly EngineInfo[] {
  return ENGINE_NAMES.filter((name) => name !== 'native' || nativeBinary() !== undefined).map(engineInfo);
}

function findNativeEngine(): InstalledEngine | undefined {
  const tested = TESTED_ENGINES.native.version;
  const file = fileURLToPath(new URL(`../../native/${PLATFORM}/index.node`, import.meta.url));
  const bundled = existsSync(file) ? { version: tested, file } : undefined;
  const installedPackage = findInstalledEngine('native');
  if (installedPackage === undefined) return bundled;
  const difference = compareVersions(installedPackage.version, tested);
  // Older releases are known to judge some files wrongly.
  return difference > 0 || (difference === 0 && bundled === undefined) ? installedPackage : bundled;
}

function findInstalledEngine(name: EngineName): InstalledEngine | undefined {
  let description: string;
  try {
    description = createRequire(import.meta.url).resolve(`${PACKAGES[name]}/package.json`);
  } catch {
    return undefined;
  }
  const { version }: { version?: unknown } = JSON.parse(readFileSync(description, 'utf8'));
  const file = join(
    dirname(description),
    ...(name === 'native' ? ['dist', 'index.node'] : ['pkg', 'c2pa_bg.wasm']),
  );
  return typeof version === 'string' && existsSync(file) ? { version, file } : undefined;
}

/** Returns a positive number if the first version is later. Pre-release suffixes are ignored. */
function compareVersions(one: string, other: string): number {
  const numbers = (version: string) => version.replace(/-.*/, '').split('.').map(Number);
  const [first, second] = [numbers(one), numbers(other)];
  return first.map((number, at) => number - (second[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Returns the c2pa-rs release of an untested binary, found in the source paths that the binary contains. */
function sdkVersionIn(file: string): string {
  const known = sdkVersions.get(file) ?? searchSdkVersion(file);
  sdkVersions.set(file, known);
  return known;
}

const sdkVersions = new Map<string, string>();
const CHUNK_BYTES = 1024 ** 2;
const LONGEST_NAME_BYTES = 64;

function searchSdkVersion(path: string): string {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let at = 0; ; at += CHUNK_BYTES - LONGEST_NAME_BYTES) {
      const bytes = readSync(file, chunk, 0, CHUNK_BYTES, at);
      const [, release] = /\/c2pa-(\d+\.\d+\.\d+)\//.exec(chunk.toString('latin1', 0, bytes)) ?? [];
      if (release !== undefined) return `c2pa-rs ${release}`;
      if (bytes < CHUNK_BYTES) return 'c2pa-rs';
    }
  } finally {
    closeSync(file);
  }
}
