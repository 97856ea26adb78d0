import { spawnSync } from 'node:child_process';
import { closeSync } from 'node:fs';
import { expect } from 'vitest';
import { withoutInherited } from '../../src/isolation/inherited.js';
import { limitAll, limitOwn } from '../../src/isolation/limits-of-process.js';
import { namelessCopy } from '../../src/isolation/nameless-file.js';
import { narrowArguments, narrowing } from '../../src/isolation/narrow.js';
import { BWRAP, bwrapArguments, FILTER_FD, shownProgram } from '../../src/isolation/sandbox.js';
import { seccompFilter } from '../../src/isolation/seccomp.js';
import { ownUserNumber } from '../../src/isolation/user-number.js';
import { readerStandIn } from '../program.js';
import { describeWhere, itWith } from '../system-parts.js';

/** Where there is no Perl, the filter comes to a reader by the wrapper: with what that one does after it has loaded it. */

const MEMORY = 1024 ** 3;
const TRIES = `const came = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
  console.log([came(() => process.kill(process.ppid, 0)), came(() => require('fs').writeFileSync('/tmp/x', '')),
    came(() => require('fs').readFileSync('/usr/bin/env')), String(require('child_process').spawnSync('/bin/true').error?.code)].join(' '))`;

function tried(wrapper: readonly string[]): string {
  const filter = seccompFilter(process.arch, { kind: 'reader' });
  const fd = filter && namelessCopy('filter', filter.bytes);
  if (fd === undefined) throw new Error('no filter');
  try {
    const [file = '', ...args] = [...wrapper, process.execPath, '-e', TRIES];
    const stdio = withoutInherited(['ignore', 'pipe', 'pipe', 'ignore', fd]);
    const { stdout, stderr } = spawnSync(file, args, {
      cwd: '/',
      env: {},
      encoding: 'utf8',
      stdio,
    });
    return stdout.trim() || stderr;
  } finally {
    closeSync(fd);
  }
}

const REFUSED = 'EPERM EPERM done EPERM';

describeWhere(
  seccompFilter(process.arch, { kind: 'reader' }) !== undefined,
  'a filter',
  'without Perl',
  () => {
    itWith('bwrap', 'bubblewrap loads the filter', () => {
      const inside = bwrapArguments({
        user: ownUserNumber(),
        shown: shownProgram(readerStandIn('hostile-reader')),
        temporaryBytes: 1024 ** 2,
        filtered: true,
        streams: [FILTER_FD],
      });
      expect(tried([BWRAP, ...inside, ...limitAll(MEMORY, 1024 ** 2)])).toBe(REFUSED);
    });

    itWith('setpriv', 'setpriv loads it, where it can', () => {
      const can = narrowing();
      const wish = { entry: readerStandIn('hostile-reader'), user: undefined, shown: [] };
      const loads = { ...can, user: false, filter: true };
      expect(tried([...narrowArguments(wish, loads), ...limitOwn(MEMORY, 1024 ** 2)])).toBe(REFUSED);
    });
  },
);
