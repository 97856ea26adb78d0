import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/base/version.js';
import { NATIVE_INFO, WASM_INFO } from '../src/core/c2pa/engines.js';

const root = resolve(import.meta.dirname, '..');
const packageOf = (path: string) =>
  JSON.parse(readFileSync(resolve(root, path), 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };

describe('versions that a Report names', () => {
  it('are those installed', () => {
    expect(VERSION).toBe(packageOf('package.json').version);
    expect(NATIVE_INFO.version).toBe(packageOf('node_modules/@contentauth/c2pa-node/package.json').version);
    expect(WASM_INFO.version).toBe(packageOf('node_modules/@contentauth/c2pa-wasm/package.json').version);
  });

  it.each([
    ['native', NATIVE_INFO.sdk, 'node_modules/@contentauth/c2pa-node/dist/index.node'],
    ['wasm', WASM_INFO.sdk, 'node_modules/@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm'],
  ])('the %s engine holds %s', (_name, sdk, file) => {
    // Both binaries contain the crate's source paths.
    const crate = sdk.replace('c2pa-rs ', 'c2pa-');
    expect(readFileSync(resolve(root, file)).includes(`/${crate}/`)).toBe(true);
  });

  it('are pinned exactly', () => {
    expect(
      Object.entries(packageOf('package.json').dependencies).filter(
        ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
      ),
    ).toEqual([]);
  });
});
