import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Confinement } from '../../src/isolation/confinement.js';

const installed = existsSync('/usr/bin/prlimit') && existsSync('/usr/bin/setpriv');

describe('how a reading process is held', () => {
  it.runIf(installed)('goes down one rung at a time where a wrapper is there but does not work', () => {
    const confinement = new Confinement();
    const files = [confinement.command('child.js', 2 ** 29)];
    while (confinement.fallBack()) files.push(confinement.command('child.js', 2 ** 29));
    expect(files.map(({ file }) => file)).toEqual([
      '/usr/bin/setpriv',
      '/usr/bin/prlimit',
      '/usr/bin/setpriv',
      process.execPath,
    ]);
    expect(files.map(({ limitsMemory }) => limitsMemory)).toEqual([true, true, false, false]);
  });

  it.runIf(installed)('stays where it is once a process has started that way', () => {
    const confinement = new Confinement();
    confinement.prove();
    expect(confinement.fallBack()).toBe(false);
  });

  it('limits data, not address space, and leaves no core', () => {
    const { file, args } = new Confinement().command('child.js', 2 ** 29);
    const line = [file, ...args].join(' ');
    expect(line).toContain('--max-old-space-size=256');
    if (installed)
      expect(line).toMatch(
        /--pdeathsig KILL -- \/usr\/bin\/prlimit --data=(536870912|1073741824) --core=0 --/,
      );
  });
});
