import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestFolder } from '../service/trust/lists.js';
import { assay, lines } from './spawn-assay.js';

/** The publishers' real lists, if the operator has them. */
const REAL = process.env['ASSAY_TRUST_DIR'] ?? '';

let to: TestFolder;
beforeEach(() => {
  to = new TestFolder();
});
afterEach(() => to.drop());

const trust = (...args: string[]) => assay(['trust', ...args], { ASSAY_TRUST_DIR: to.path });

describe('the lists as published', () => {
  it('are imported, dated and used', async () => {
    const { code, stdout } = await trust('import', REAL, '--json');
    expect(code).toBe(0);
    expect(lines(stdout)).toMatchObject([
      {
        files: [
          { file: 'C2PA-TRUST-LIST.pem', outcome: 'installed', issueDate: '2026-08-05T00:11:39Z' },
          { file: 'C2PA-TSA-TRUST-LIST.pem', outcome: 'installed', issueDate: '2026-08-05T00:11:47Z' },
          { file: 'ITL-anchors.pem', outcome: 'installed', issueDate: '2026-01-01' },
          { file: 'ITL-allowed.pem', outcome: 'installed', issueDate: '2026-01-01' },
          { file: 'conforming-products-list.json', outcome: 'installed' },
        ],
      },
    ]);
    expect((await trust('status')).code).toBe(0);
  });

  it('are dated without sources.json too: by their JSON form, and by what is known of the frozen ones', async () => {
    const bare = new TestFolder();
    try {
      for (const name of readdirSync(REAL).filter((one) => one !== 'sources.json'))
        copyFileSync(join(REAL, name), join(bare.path, name));
      const { stdout } = await trust('import', bare.path, '--json');
      const [{ files }] = lines(stdout) as [{ files: { issueDate?: string }[] }];
      expect(files.map((file) => file.issueDate?.slice(0, 10))).toEqual([
        '2026-08-05',
        '2026-08-05',
        '2026-01-01',
        '2026-01-01',
        undefined,
      ]);
    } finally {
      bare.drop();
    }
  });
});
