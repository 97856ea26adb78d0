/**
 * A CycloneDX bill of what is shipped, from the lock file, on standard output. npm's own `--omit=dev` leaves out parts
 * that a development tool needs as well (asn1js, for pkijs), so it lists all and the development ones go here.
 */
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = dirname(dirname(fileURLToPath(import.meta.url)));
const bill = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  }),
);

const isDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const components = bill.components.filter((part) => !isDevelopment(part));
const shipped = new Set([bill.metadata.component['bom-ref'], ...components.map((part) => part['bom-ref'])]);
const dependencies = bill.dependencies
  .filter(({ ref }) => shipped.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => shipped.has(one)) }));
process.stdout.write(`${JSON.stringify({ ...bill, components, dependencies }, undefined, 2)}\n`);
