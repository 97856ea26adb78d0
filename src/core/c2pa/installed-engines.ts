import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_NAMES, type EngineInfo, type EngineName } from './engine-names.js';
import { TESTED_ENGINES } from './engines.js';

/** The npm packages that the engines come from. */
const PACKAGES: Readonly<Record<EngineName, string>> = {
  native: '@contentauth/c2pa-node',
  wasm: '@contentauth/c2pa-wasm',
};
export const NATIVE_PACKAGE = PACKAGES.native;

/** Named like the folders of dist/native/. */
export const MACHINE = `${process.platform}-${process.arch}`;

interface InstalledEngine {
  version: string;
  file: string;
}

/**
 * The file of the native C2PA SDK for this machine, undefined where there is none: the one that the build carries in dist/,
 * or that of the package where an operator installed it beside this program and it is newer, or nothing is carried. The
 * package is no dependency, because its install script fetches from GitHub and fails where only the npm registry is reached.
 */
export function nativeBinary(): string | undefined {
  return native()?.file;
}

/** The engine that this machine has, or the tested release where it has none. */
export function engineInfo(name: EngineName): EngineInfo {
  const tested = TESTED_ENGINES[name];
  const engine = name === 'native' ? native() : installed('wasm');
  if (engine === undefined || engine.version === tested.version) return tested;
  return { name, version: engine.version, sdk: sdkIn(engine.file) };
}

/** Engines that this machine has. The WASM one runs wherever this program does. */
export function enginesHere(): readonly EngineInfo[] {
  return ENGINE_NAMES.filter((name) => name !== 'native' || nativeBinary() !== undefined).map(engineInfo);
}

function native(): InstalledEngine | undefined {
  const tested = TESTED_ENGINES.native.version;
  const file = fileURLToPath(new URL(`../../native/${MACHINE}/index.node`, import.meta.url));
  const carried = existsSync(file) ? { version: tested, file } : undefined;
  const beside = installed('native');
  if (beside === undefined) return carried;
  const difference = compared(beside.version, tested);
  // An older release would be asked about files that it is known to get wrong.
  return difference > 0 || (difference === 0 && carried === undefined) ? beside : carried;
}

function installed(name: EngineName): InstalledEngine | undefined {
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

/** Above zero where the first is the later one, number by number; what follows a hyphen does not count. */
function compared(one: string, other: string): number {
  const numbers = (version: string) => version.replace(/-.*/, '').split('.').map(Number);
  const [first, second] = [numbers(one), numbers(other)];
  return first.map((number, at) => number - (second[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** A release that Assay does not know names its c2pa-rs in the paths of its sources, which stand in the binary. */
function sdkIn(file: string): string {
  const known = sdks.get(file) ?? searched(file);
  sdks.set(file, known);
  return known;
}

const sdks = new Map<string, string>();
const CHUNK_BYTES = 1024 ** 2;
const LONGEST_NAME_BYTES = 64;

function searched(path: string): string {
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
