import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineInfo } from './engine-names.js';
import { ENGINES, NATIVE_INFO } from './engines.js';

/** The npm package that the binary comes from. */
export const NATIVE_PACKAGE = '@contentauth/c2pa-node';

/**
 * The file of the native C2PA SDK for this machine, undefined where there is none: the one that the build carried into
 * dist/, else that of the package, where somebody installed it beside this program. It is no dependency of ours, because
 * its install script fetches from GitHub and fails where only the npm registry is reached.
 */
export function nativeBinary(): string | undefined {
  const carried = fileURLToPath(new URL(`../../native/${MACHINE}/index.node`, import.meta.url));
  return existsSync(carried) ? carried : installed();
}

/** As the folders of dist/native/ are called. */
export const MACHINE = `${process.platform}-${process.arch}`;

/** Another version would read files in another way than every Report says. */
function installed(): string | undefined {
  const description = descriptionOfPackage();
  if (description === undefined) return undefined;
  const { version }: { version?: unknown } = JSON.parse(readFileSync(description, 'utf8'));
  const binary = join(dirname(description), 'dist', 'index.node');
  return version === NATIVE_INFO.version && existsSync(binary) ? binary : undefined;
}

function descriptionOfPackage(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`${NATIVE_PACKAGE}/package.json`);
  } catch {
    return undefined;
  }
}

/** Engines that this machine has. The WASM one runs wherever this program does. */
export function enginesHere(): readonly EngineInfo[] {
  return ENGINES.filter(({ name }) => name !== 'native' || nativeBinary() !== undefined);
}
