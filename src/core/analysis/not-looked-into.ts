import { listSaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { fault, type ReadFault } from '../ground/fault.js';
import type { Part } from '../report/part-schema.js';

/** Names what stands in a file and was not looked into. */
export const NOT_LOOKED_INTO = 'parts.notLookedInto';

type Named = Pick<Part, 'kind' | 'mediaType' | 'bytes' | 'place' | 'outcome'>;
type Kind = Exclude<Part['kind'], 'primary'>;

/** Where these stand, unless a box of the file holds them. */
const BEHIND: ReadonlySet<Part['kind']> = new Set(['mpf-image', 'gain-map', 'motion-video', 'trailing-data']);

/** `This file holds a gain map (40 kB) and a video (1.2 MB) behind its end, which were not looked into.` */
export function notLookedInto(parts: readonly Named[]): ReadFault {
  const groups = new Map<Kind, { count: number; bytes: number }>();
  for (const part of parts) {
    if (part.kind === 'primary') continue;
    // A picture behind the end that nothing announces is one more picture.
    const kind =
      part.kind === 'trailing-data' && part.mediaType?.startsWith('image/') ? 'mpf-image' : part.kind;
    const group = groups.get(kind) ?? { count: 0, bytes: 0 };
    groups.set(kind, { count: group.count + 1, bytes: group.bytes + part.bytes });
  }
  const named = [...groups].map(([kind, { count, bytes }]) =>
    said(`place.part.${kind}`, { count, size: sized(bytes) }),
  );
  const isBehind = parts.every(({ kind, place }) => BEHIND.has(kind) && !place.startsWith('box '));
  return fault(NOT_LOOKED_INTO, {
    parts: listSaid(named),
    where: isBehind ? 'behind' : 'other',
    count: parts.length,
    how: parts.every(({ outcome }) => outcome?.coverage === 'partial') ? 'partly' : 'other',
  });
}

function sized(bytes: number): Said {
  if (bytes < 1000) return said('amount.bytes', { count: bytes });
  return bytes < 1_000_000
    ? said('amount.kilobytes', { count: String(Math.round(bytes / 1000)) })
    : said('amount.megabytes', { count: (bytes / 1_000_000).toFixed(1) });
}
