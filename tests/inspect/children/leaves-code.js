import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Asset } from '../../../src/core/media/asset.ts';
import { observe } from '../../../src/core/pipeline/analyze.ts';

/** Reads files of a folder of our own, like other stand-ins, so that V8's compiled code can be saved for all of them. */

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
