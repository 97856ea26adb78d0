import { spawnSync } from 'node:child_process';
import { closeSync } from 'node:fs';
import { expect } from 'vitest';
import { openUnlinkedCopy } from '../../src/base/files/anonymous-file.js';
import { withoutInherited } from '../../src/inspect/sandbox/inherited-descriptors.js';
import { detectPrivileges, privilegesCommand } from '../../src/inspect/sandbox/privileges.js';
import { processLimitCommand, sharedUserLimitCommand } from '../../src/inspect/sandbox/process-limits.js';
import { BWRAP, bwrapArguments, FILTER_FD, programMounts } from '../../src/inspect/sandbox/sandbox.js';
import { buildSeccompFilter } from '../../src/inspect/sandbox/seccomp.js';
import { takeUserNumber } from '../../src/inspect/sandbox/user-ids.js';
import { readerStandIn } from '../support/program.js';
import { describeWhere, itWith } from '../support/system-parts.js';

/**
 * Without Perl, the wrapper installs the filter for the reader, together with the system calls that the wrapper makes
 * after loading it.
 */

const MEMORY = 1024 ** 3;
const TRIES = `const came = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
  console.log([came(() => process.kill(process.ppid, 0)), came(() => require('fs').writeFileSync('/tmp/x', '')),
    came(() => require('fs').readFileSync('/usr/bin/env')), String(require('child_process').spawnSync('/bin/true').error?.code)].join(' '))`;

function tried(wrapper: readonly string[]): string {
  const filter = buildSeccompFilter(process.arch, { kind: 'reader' });
  const fd = filter && openUnlinkedCopy('filter', filter.bytes);
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
  buildSeccompFilter(process.arch, { kind: 'reader' }) !== undefined,
  'a filter',
  'without Perl',
  () => {
    itWith('bwrap', 'bubblewrap loads the filter', () => {
      const inside = bwrapArguments({
        user: takeUserNumber(),
        readOnly: programMounts(readerStandIn('hostile-reader')),
        temporaryBytes: 1024 ** 2,
        isFiltered: true,
        streams: [FILTER_FD],
      });
      expect(tried([BWRAP, ...inside, ...processLimitCommand(MEMORY, 1024 ** 2)])).toBe(REFUSED);
    });

    itWith('setpriv', 'setpriv loads it, where it can', () => {
      const can = detectPrivileges();
      const wish = { entry: readerStandIn('hostile-reader'), user: undefined, visible: [] };
      const loads = { ...can, user: false, filter: true };
      expect(tried([...privilegesCommand(wish, loads), ...sharedUserLimitCommand(MEMORY, 1024 ** 2)])).toBe(
        REFUSED,
      );
    });
  },
);
