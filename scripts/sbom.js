/**
 * Prints a CycloneDX bill of materials of the shipped packages, from the lock file. npm's own `--omit=dev` leaves out
 * packages that a development tool needs as well, and those that the build bundles or copies, so it lists all, and
 * development-only packages are removed here.
 */
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from './build.js';
import { isShipped } from './shipped.js';

const cwd = dirname(dirname(fileURLToPath(import.meta.url)));
if (isStale()) await build();
const shippedInBuild = isShipped(cwd);
const bill = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  }),
);

const isDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const components = bill.components.filter(
  ({ group, name, ...part }) =>
    !isDevelopment(part) || shippedInBuild(group === undefined ? name : `${group}/${name}`, part.version),
);
const shipped = new Set([bill.metadata.component['bom-ref'], ...components.map((part) => part['bom-ref'])]);
const dependencies = bill.dependencies
  .filter(({ ref }) => shipped.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => shipped.has(one)) }));
process.stdout.write(`${JSON.stringify({ ...bill, components, dependencies }, undefined, 2)}\n`);
