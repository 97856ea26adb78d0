import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { launched } from '../cli/launched.js';
import { temporaryDirectory } from '../http/posting.js';
import { describeWith } from '../support/system-parts.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const ADDRESS = 'http://127.0.0.1:8080';
const TEST_MILLIS = 120_000;

/** Returns the shell blocks that call a server, in the order of the page. */
function blocksOf(page: string): string[] {
  const text = readFileSync(resolve(ROOT, page), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, block = '']) => block)
    .filter((block) => /^(curl|assay=|location=|key=)/m.test(block) && !block.includes('$ASSAY_KEY'));
}

describe('what is shown to be typed', () => {
  describeWith('curl', 'with curl', () => {
    it.each([
      ['README.md', 2],
      ['docs/api.md', 10],
    ])(
      '%s: works as it stands',
      async (page, least) => {
        const { url } = await launched('serve', {
          ASSAY_DATA_DIR: temporaryDirectory(),
          ASSAY_SELF_TEST: 'skip',
          ASSAY_LOG_LEVEL: 'silent',
        });
        const cwd = temporaryDirectory();
        symlinkSync(resolve(ROOT, 'fixtures'), resolve(cwd, 'fixtures'));
        const blocks = blocksOf(page);
        expect(blocks.length).toBeGreaterThanOrEqual(least);
        // All blocks run in one shell, because later blocks use variables of earlier ones; -x names the line that failed.
        const script = `set -xeuo pipefail\n${blocks.join('\n').replaceAll(ADDRESS, url)}`;
        const { stderr, stdout } = await run('bash', ['-c', script], { cwd, maxBuffer: 64 * 1024 ** 2 });
        expect(stderr).not.toContain('curl: (');
        expect(stdout).toContain('"schema":"assay.report/1"');
        if (page !== 'docs/api.md') return;
        const report = JSON.parse(readFileSync(resolve(cwd, 'report.json'), 'utf8'));
        expect(report.summary.origin).toBe('ai-generated');
        expect(readFileSync(resolve(cwd, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
        expect(readFileSync(resolve(cwd, 'report.html'), 'utf8')).toContain('lang="zh-Hans"');
        const lines = readFileSync(resolve(cwd, 'results.ndjson'), 'utf8').trimEnd().split('\n');
        const [item, batch] = lines.map((line) => JSON.parse(line));
        expect([item.report.summary.origin, batch.status]).toEqual(['ai-generated', 'done']);
        const { status } = JSON.parse(readFileSync(resolve(cwd, 'inspection.json'), 'utf8'));
        expect(status).toBe('done');
      },
      TEST_MILLIS,
    );
  });
});
