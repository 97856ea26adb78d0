// Copied into a folder of the test: it starts once the file `hold` is gone; if `refuse` exists, it ends in a sandbox.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const beside = (name) => existsSync(new URL(name, import.meta.url));
const inSandbox = existsSync('/job');

if (inSandbox && beside('refuse')) {
  process.stderr.write('bwrap: no namespaces here\n');
  process.exit(1);
}
while (beside('hold') && (inSandbox || !beside('sandbox-only'))) await sleep(20);
const { child } = await import(new URL('child.path.js', import.meta.url));
await import(child);
