import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Confinement } from '../../../src/isolation/confinement.ts';
import { hideEnvironment } from '../../../src/isolation/own-environment.ts';
import { createInspector } from '../../../src/isolation/pool.ts';

/**
 * Inspects one file with a stand-in, and says what came of it and how the reader was held. Whoever starts this has left
 * a file open for it, and secrets in its environment.
 */
const { childEntry, path, name, deep, rung = 0, unaided, hide, trustDir } = JSON.parse(process.argv[2]);
if (hide) hideEnvironment();
const confinement = new Confinement({ unaided });
for (let i = 0; i < rung; i += 1) confinement.fallBack(i);
const inspector = createInspector({ jobs: 1, childEntry, confinement, ...(trustDir && { trustDir }) });
const report = await inspector.inspect({
  path,
  name: 'a.png',
  // What the stand-in does: it is told no name.
  act: name,
  asOf: '2026-11-01',
  engine: 'auto',
  ...(deep && { deep: true }),
});
// Seen from here: a reader may have no `/proc` to look at.
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
    held: confinement.held,
    status,
    opened,
    secret: process.env.ASSAY_TEST_SECRET,
  }),
);
