import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { compareGenerated } from '../scripts/generated.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');

describe('files made from the code', () => {
  it('are what the code says: openapi.yaml, docs/signals.md, docs/signatures.md, docs/report.md', async () => {
    const others: string[] = [];
    expect(await compareGenerated((file: string) => others.push(file))).toEqual([]);
    expect(others).toEqual([]);
  });

  it('fixtures are those listed, with their sha256', async () => {
    await run(process.execPath, ['fixtures/build/readme.js', '--check'], { cwd: ROOT });
  });
});
