import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { observe } from '../../../src/core/analysis/analyze.ts';
import { Asset } from '../../../src/core/media/asset.ts';

/** Reads what lies in a folder of our own, as other stand-ins read, so that what V8 compiles for it can be left for all of them. */

async function readAll(folder) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.png'))) {
    const asset = await Asset.open(join(folder, name));
    await observe(asset, {
      asOf: '2026-06-01',
      engine: 'auto',
      skip: {},
      engineFaults: {},
      onStep: () => {},
    });
    await asset.close();
  }
}
readAll(process.argv.at(-1));
