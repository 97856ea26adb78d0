import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
// @ts-expect-error: a script without types
import { buildInto, toBePacked } from '../../scripts/build.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

/** Runs npm as a user would: without the configuration of this checkout or machine. */
export function npm(args: string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  const settings = { npm_config_userconfig: '/dev/null', npm_config_prefer_offline: 'true' };
  const own = Object.entries(process.env).filter(([name]) => !/^npm_config_(?!cache|registry)/i.test(name));
  return run('npm', args, {
    cwd,
    env: { ...Object.fromEntries(own), ...settings },
    maxBuffer: 64 * 1024 ** 2,
  });
}

/** Packs a folder's package into `into` and returns the tarball. No script runs, so the build must be done before. */
export async function pack(folder: string, into: string): Promise<string> {
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', into], folder);
  const answer: unknown = JSON.parse(stdout);
  const [packed] = Array.isArray(answer) ? answer : Object.values(answer as object);
  return join(into, packed.filename);
}

/** Returns the tarball of Assay in its present state, as `npm run build` and `npm pack` make it. */
export async function packAssay(folder: string): Promise<string> {
  const staged = join(folder, 'staged');
  mkdirSync(staged);
  // The program that tests start holds their stand-ins too.
  await buildInto(join(staged, 'dist'), ROOT);
  for (const name of ['bin', 'package.json', 'openapi.yaml', 'README.md', 'LICENSE'])
    cpSync(join(ROOT, name), join(staged, name), { recursive: true });
  await toBePacked(join(staged, 'dist'), ROOT);
  return pack(staged, folder);
}

/** Creates a folder with a minimal ES module package, and installs the tarballs into it. */
export async function installed(folder: string, tarballs: string[], ...how: string[]): Promise<string> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "uses", "private": true, "type": "module" }\n');
  await npm(['install', '--no-audit', '--no-fund', ...how, ...tarballs], folder);
  return folder;
}
