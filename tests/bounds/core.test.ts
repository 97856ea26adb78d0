import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/base/limits.js';
import { Asset } from '../../src/core/media/asset.js';
import { analyze } from '../../src/core/pipeline/analyze.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { faultText } from '../support/fault-text.js';
import { share } from '../support/whole.js';
import { expectSaid } from './expect-bound.js';
import type { Past } from './past.js';
import { PAST } from './past-files.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-bounds-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Asked = Pick<Past, 'name' | 'make' | 'deep'> & { sidecarPath?: string };

async function reportOf({ name, make, deep, sidecarPath }: Asked): Promise<StoredReport> {
  const path = join(folder, name);
  writeFileSync(path, await make());
  const asset = await Asset.open(path);
  try {
    const options = {
      ...{ name, asOf: '2026-11-25', engine: 'auto' as const, deep: deep === true },
      ...(sidecarPath === undefined ? {} : { sidecarPath }),
    };
    return await analyze(asset, options, { inFull: [], jurisdictions: [] });
  } finally {
    await asset.close();
  }
}

describe('a file that goes past a bound says so', () => {
  it.each(
    share(PAST, 6).map((past) => [`${past.bound}${past.where ? ` (${past.where})` : ''}`, past] as const),
  )('%s', async (_, past) => expectSaid(await reportOf(past), past));

  it('sidecarBytes', async () => {
    const plain = PAST.find(({ name }) => name === 'a.png');
    const sidecarPath = join(folder, 'a.c2pa');
    writeFileSync(sidecarPath, '');
    // A sparse file of zeros, which takes no disk space.
    truncateSync(sidecarPath, limits.sidecarBytes + 1);
    const report = await reportOf({
      name: 'a.png',
      make: () => plain?.make() ?? Buffer.alloc(0),
      sidecarPath,
    });
    expect(faultText(report.reads.c2pa)).toBe(
      `The sidecar is larger than the ${limits.sidecarBytes} bytes that are read.`,
    );
    expectSaid(report, { carrier: 'c2pa', code: 'bound.sidecar' });
  });
});
