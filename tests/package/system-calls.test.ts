import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../http/posting.js';
import { ASSAY } from '../support/program.js';
import { describeWhere } from '../support/system-parts.js';

/** Other Node versions, which `.ci/run` fetches. */
const NODES = process.env['ASSAY_TEST_NODES']?.split(':') ?? [];

describeWhere(NODES.length > 0, 'ASSAY_TEST_NODES', 'readers of another Node', () => {
  it.each(NODES)('make no system call that their filter does not know: %s', async (node) => {
    const env = { PATH: process.env['PATH'], ASSAY_DATA_DIR: temporaryDirectory() };
    const { stdout } = await promisify(execFile)(node, [ASSAY, 'doctor', '--selftest', '--json'], { env });
    const { parts, selfTest } = JSON.parse(stdout) as {
      parts: { id: string; state: string }[];
      selfTest: { passed: boolean };
    };
    expect(parts.find(({ id }) => id === 'system-calls')).toMatchObject({ state: 'found' });
    expect(selfTest.passed).toBe(true);
  });
});
