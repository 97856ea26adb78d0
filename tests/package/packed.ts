import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
// @ts-expect-error: a script without types
import { toBePacked } from '../../scripts/build.js';
import { PROGRAM } from '../program.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

/** npm as whoever installs has it: nothing that this checkout or this machine configures. */
export function npm(args: string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  const settings = { npm_config_userconfig: '/dev/null', npm_config_prefer_offline: 'true' };
  const own = Object.entries(process.env).filter(([name]) => !/^npm_config_(?!cache|registry)/i.test(name));
  return run('npm', args, {
    cwd,
    env: { ...Object.fromEntries(own), ...settings },
    maxBuffer: 64 * 1024 ** 2,
  });
}

/** The tarball of a folder's package, in `into`. What has to be built is built before: no script runs. */
export async function pack(folder: string, into: string): Promise<string> {
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', into], folder);
  const answer: unknown = JSON.parse(stdout);
  const [packed] = Array.isArray(answer) ? answer : Object.values(answer as object);
  return join(into, packed.filename);
}

/** The tarball of Assay as it is now, as `npm run build` and `npm pack` make it. */
export async function packAssay(folder: string): Promise<string> {
  const staged = join(folder, 'staged');
  mkdirSync(staged);
  cpSync(join(PROGRAM, 'dist'), join(staged, 'dist'), { recursive: true });
  for (const name of ['bin', 'package.json', 'openapi.yaml', 'README.md', 'LICENSE'])
    cpSync(join(ROOT, name), join(staged, name), { recursive: true });
  await toBePacked(join(staged, 'dist'), ROOT);
  return pack(staged, folder);
}

/** A folder with nothing but a package that says that its files are modules, into which the tarballs are installed. */
export async function installed(folder: string, tarballs: string[], ...how: string[]): Promise<string> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "uses", "private": true, "type": "module" }\n');
  await npm(['install', '--no-audit', '--no-fund', ...how, ...tarballs], folder);
  return folder;
}
