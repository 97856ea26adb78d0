import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInspector } from '../../../src/inspect/pool/create-inspector.ts';
import { Confinement } from '../../../src/inspect/sandbox/confinement.ts';
import { hideEnvironment } from '../../../src/inspect/sandbox/hide-environment.ts';

/**
 * Inspects one file with a stand-in, and prints the result and how the reader was confined. Its parent has left a file
 * open for it, and secrets in its environment.
 */
const { childEntry, path, name, deep, rung = 0, unaided, hide, trustDir } = JSON.parse(process.argv[2]);
if (hide) hideEnvironment();
const confinement = new Confinement({ unaided });
for (let i = 0; i < rung; i += 1) confinement.fallBack(i);
const inspector = createInspector({ jobs: 1, childEntry, confinement, ...(trustDir && { trustDir }) });
const report = await inspector.inspect({
  path,
  name: 'a.png',
  // Act of the stand-in, which gets no file name (act-of.js).
  ownHash: name,
  asOf: '2026-11-01',
  engine: 'auto',
  ...(deep && { deep: true }),
});
// Looked up from here, because a reader may have no `/proc`.
const reader = readdirSync('/proc').find((pid) => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${process.pid}\n`);
  } catch {
    return false;
  }
});
const status = readFileSync(`/proc/${reader}/status`, 'utf8')
  .match(/^(CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp|Uid):.*$/gm)
  .join(' ')
  .replace(/\s+/g, ' ');
const opened = readdirSync(`/proc/${reader}/fd`).map((fd) => {
  try {
    return `${fd} ${readlinkSync(`/proc/${reader}/fd/${fd}`)}`;
  } catch {
    return fd;
  }
});
await inspector.close();
process.stdout.write(
  JSON.stringify({
    came: report.asset.format,
    held: confinement.status,
    status,
    opened,
    secret: process.env.ASSAY_TEST_SECRET,
  }),
);
