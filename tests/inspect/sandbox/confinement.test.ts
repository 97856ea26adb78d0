import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { message } from '../../../src/i18n/message.js';
import { Confinement, type ProcessRequirements } from '../../../src/inspect/sandbox/confinement.js';
import { PERL } from '../../../src/inspect/sandbox/launcher.js';
import { detectPrivileges } from '../../../src/inspect/sandbox/privileges.js';
import { english } from '../../i18n/english.js';
import { itWith } from '../../support/system-parts.js';

/** An existing folder. */
const HERE = import.meta.dirname;

const wish: ProcessRequirements = {
  entry: '/somewhere/child.js',
  memoryBytes: 2 ** 29,
  temporaryBytes: 2 ** 20,
  startsPrograms: false,
  visible: [],
};

function ladder(confinement: Confinement) {
  const commands = [confinement.command(wish)];
  while (confinement.fallBack(confinement.stepIndex)) commands.push(confinement.command(wish));
  return commands;
}

describe('how a reading process is held', () => {
  itWith('prlimit', 'goes down one rung at a time where a wrapper is there but does not work', () => {
    const commands = ladder(new Confinement({ sandbox: 'off' }));
    expect(commands.map(({ file }) => file)).toEqual([
      '/usr/bin/setpriv',
      '/usr/bin/prlimit',
      '/usr/bin/setpriv',
      process.execPath,
    ]);
    expect(commands.map(({ limitsMemory }) => limitsMemory)).toEqual([true, true, false, false]);
    expect(new Set(commands.map(({ level }) => level))).toEqual(new Set(['process']));
  });

  itWith('bwrap', 'begins with the sandbox, and stays with it where it is required', () => {
    expect(ladder(new Confinement()).map(({ level }) => level)).toEqual([
      'sandbox',
      ...Array.from({ length: 5 }, () => 'process'),
    ]);
    expect(ladder(new Confinement({ sandbox: 'require' })).map(({ file }) => file)).toEqual([
      '/usr/bin/bwrap',
    ]);
  });

  itWith('bwrap', 'says what is lost without it, and why it was given up', () => {
    const confinement = new Confinement();
    confinement.fallBack(0, { refusal: message('text.asWritten', { text: 'bwrap: no namespaces here' }) });
    confinement.confirm();
    const { level, missing: lost, remedy } = confinement.status ?? {};
    expect(level).toBe('process');
    expect(lost && english(lost)).toContain('(bwrap: no namespaces here)');
    expect(remedy && english(remedy)).toContain('bubblewrap');
  });

  itWith('prlimit', 'stays where it is once a process has started that way', () => {
    const confinement = new Confinement();
    confinement.confirm();
    expect(confinement.fallBack(confinement.stepIndex)).toBe(false);
  });

  itWith('bwrap', 'goes down once for several that failed alike', () => {
    const confinement = new Confinement();
    const { stepIndex: rung } = confinement;
    expect([confinement.fallBack(rung), confinement.fallBack(rung)]).toEqual([true, true]);
    expect(confinement.stepIndex).toBe(rung + 1);
  });

  it('tells a machine that has no sandbox from one whose operator wants none', () => {
    const reason = (confinement: Confinement) => confinement.isolation().isolationReason;
    expect(reason(new Confinement({ unaided: true }))).toBe('not-installed');
    expect(reason(new Confinement({ sandbox: 'off' }))).toBe('switched-off');
  });

  itWith('bwrap', 'goes no further down for a start that is slow without a sandbox', () => {
    const confinement = new Confinement();
    expect(confinement.fallBack(confinement.stepIndex, { slow: true })).toBe(true);
    expect(confinement.isolation()).toEqual({ isolation: 'process', isolationReason: 'too-slow' });
    expect(confinement.fallBack(confinement.stepIndex, { slow: true })).toBe(false);
  });

  itWith('bwrap', 'believes a process of another way nothing about this one', () => {
    const confinement = new Confinement();
    const failed = confinement.stepIndex;
    confinement.fallBack(failed);
    confinement.confirm(failed);
    expect(confinement.status).toBeUndefined();
  });

  itWith('setpriv', 'limits data, not address space, and leaves no core', () => {
    const { file, args } = new Confinement({ sandbox: 'off' }).command(wish);
    const line = [file, ...args].join(' ');
    expect(line).toContain('--max-old-space-size=256');
    expect(line).toMatch(/--pdeathsig KILL -- \/usr\/bin\/prlimit --data=(536870912|1073741824) --core=0 --/);
  });

  itWith('setpriv', 'takes what setpriv can take, where there is no sandbox and none is refused', () => {
    const confinement = new Confinement();
    while (confinement.command(wish).file !== '/usr/bin/setpriv') confinement.fallBack(confinement.stepIndex);
    const {
      args,
      filter,
      isRestricted: shows,
    } = confinement.command({ ...wish, user: 65_000, visible: [[HERE, '/job']] });
    const line = args.join(' ');
    const can = detectPrivileges();
    expect(line).toMatch(/^--pdeathsig KILL --no-new-privs --reuid=65000 --regid=65000 --clear-groups/);
    // Installed by the process that precedes Node; without Perl by setpriv.
    const launched = existsSync(PERL);
    expect(line.includes('--seccomp-filter /proc/self/fd/4 ')).toBe(can.filter && !launched);
    expect(line.includes(` ${PERL} -e `)).toBe(can.filter && launched);
    expect(filter?.as).toBe(can.filter ? 'file' : undefined);
    expect(line.includes('--landlock-access fs --landlock-rule ')).toBe(can.files);
    expect(line.includes(`path-beneath:read-file,execute,read-dir:${HERE} `)).toBe(can.files);
    expect(line).not.toContain(':/job');
    expect(line).toMatch(/--nproc=\d+ --fsize=1048576/);
    expect(shows).toBe(can.user || can.files);
  });

  itWith('bwrap', 'bounds every piece of memory that can be written to', () => {
    const { args } = new Confinement({ sandbox: 'require' }).command(wish);
    // The mount over the kernel's settings is made read-only at once.
    const written = args.flatMap((arg, i) => (arg === '--tmpfs' && args[i + 1] !== '/proc/sys' ? [i] : []));
    expect(written.map((i) => args[i + 1])).toEqual(['/dev/shm', '/tmp']);
    for (const i of written) expect(args[i - 2]).toBe('--size');
    expect(args.join(' ')).toContain('--remount-ro /dev --remount-ro / ');
    expect(args.join(' ')).toMatch(/--nproc=\d+ --fsize=1048576 --cpu=\d+ --core=0/);
  });
});
