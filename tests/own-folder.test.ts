import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { ownFolder } from '../src/own-folder.js';
import { temporaryDirectory } from './http/harness.js';

it('a folder of one’s own is closed to others, and takes the place of those whose makers were killed', async () => {
  const below = temporaryDirectory();
  const gone = spawn('true');
  await once(gone, 'exit');
  const left = (name: string) => {
    mkdirSync(join(below, name));
    writeFileSync(join(below, name, 'list.pem'), 'kept by nobody');
  };
  left(`assay-trust-${gone.pid}-aaaaaa`);
  // Of a process that lives, of another kind, and of other programs.
  const others = [`assay-trust-${process.pid}-bbbbbb`, `assay-pdf-${gone.pid}-cccccc`, 'assay-trust-notes'];
  for (const name of others) left(name);
  const own = ownFolder(below, 'assay-trust');
  expect(statSync(own).mode & 0o777).toBe(0o700);
  expect(basename(own)).toMatch(new RegExp(`^assay-trust-${process.pid}-`));
  expect(readdirSync(below).sort()).toEqual([...others, basename(own)].sort());
});
