import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { createOwnFolder } from '../../../src/base/files/temp-dir.js';
import { temporaryDirectory } from '../../http/posting.js';

it('a folder of one’s own is closed to others, and takes the place of those whose makers were killed', async () => {
  const below = temporaryDirectory();
  const gone = spawn('true');
  await once(gone, 'exit');
  const left = (name: string) => {
    mkdirSync(join(below, name));
    writeFileSync(join(below, name, 'list.pem'), 'kept by nobody');
  };
  const here = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  left(`assay-trust-${here}-${gone.pid}-aaaaaa`);
  // Folders of a live process, of another kind, of other programs, and of a container with its own process ids.
  const elsewhere = `assay-trust-1-${gone.pid}-dddddd`;
  const others = [
    `assay-trust-${here}-${process.pid}-bbbbbb`,
    `assay-pdf-${here}-${gone.pid}-cccccc`,
    'assay-trust-notes',
    elsewhere,
  ];
  for (const name of others) left(name);
  // Folder of a process in another container that has shown no activity for two days.
  left(`assay-trust-1-${gone.pid}-eeeeee`);
  const longAgo = new Date(Date.now() - 48 * 3_600_000);
  utimesSync(join(below, `assay-trust-1-${gone.pid}-eeeeee`), longAgo, longAgo);
  const own = createOwnFolder(below, 'assay-trust');
  expect(statSync(own).mode & 0o777).toBe(0o700);
  expect(basename(own)).toMatch(new RegExp(`^assay-trust-${here}-${process.pid}-`));
  expect(readdirSync(below).sort()).toEqual([...others, basename(own)].sort());
});
