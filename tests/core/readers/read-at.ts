import { fault } from '../../../src/base/fault.js';
import type { Carriers } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import type { Carrier, Read } from '../../../src/core/media/carrier.js';
import { CONTAINER_REACH } from '../../../src/core/readers/container-reach.js';
import type { Reader } from '../../../src/core/readers/reader.js';

/** Returns what one reader finds in the file at this path, including its pixels unless they are left out. */
export async function read<C extends Carrier>(
  reader: Reader<C>,
  path: string,
  deep = true,
): Promise<Read<Carriers[C]>> {
  const asset = await Asset.open(path);
  try {
    const { container } = asset.mediaType;
    // Mirrors read-all.ts: a reader is called only for containers that it reads.
    if (
      container === 'other' ||
      container === 'unread' ||
      CONTAINER_REACH[container][reader.carrier] !== 'read'
    )
      return { status: 'unsupported', ...fault('carrier.none', { what: 'other', format: container }) };
    return await reader.read(asset, { engine: 'wasm', deep });
  } finally {
    await asset.close();
  }
}
