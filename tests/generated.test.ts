import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');

describe('files made from the code', () => {
  it('are what the code says: openapi.yaml, docs/signals.md, docs/signatures.md, docs/report.md', async () => {
    const { stderr } = await run(process.execPath, ['scripts/generate.js', '--check'], { cwd: ROOT });
    expect(stderr).toBe('');
  });

  it('fixtures are those listed, with their sha256', async () => {
    await run(process.execPath, ['fixtures/build/readme.js', '--check'], { cwd: ROOT });
  });
});
