import { defineDetector } from '../detector.js';
import { readValue } from '../evidence.js';
import type { Signal } from '../signal.js';

/** Motion photos, MPF pictures and data after the end: one name, several assets. */
export const severalAssets = defineDetector({
  id: 'several-assets',
  needs: ['parts'],
  raises: ['file.severalAssets', 'file.trailingData'],
  detect({ parts }) {
    const further = (readValue(parts) ?? []).filter((part) => part.kind !== 'primary');
    const signals: Signal[] = [];
    const assets = further.filter((part) => part.kind !== 'trailing-data' || part.mediaType !== undefined);
    const loose = further.filter((part) => !assets.includes(part));
    const at = (list: typeof further) =>
      list.map(({ place, offset }) => ({ carrier: 'parts' as const, place, offset }));
    if (assets.length > 0)
      signals.push({
        id: 'file.severalAssets',
        backing: 'inferred',
        value: assets.map((p) => p.mediaType ?? p.kind).join(', '),
        basis: at(assets),
      });
    if (loose.length > 0)
      signals.push({
        id: 'file.trailingData',
        backing: 'inferred',
        value: `${loose.reduce((sum, p) => sum + p.bytes, 0)} bytes`,
        basis: at(loose),
      });
    return signals;
  },
});
