import { fault, type ReadFault } from '../../base/fault.js';
import { listMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { Part } from '../report/part-schema.js';

/** Fault of parts that were not analyzed, with their kinds and sizes. */
export const NOT_ANALYZED = 'parts.notLookedInto';

type UnanalyzedPart = Pick<Part, 'kind' | 'mediaType' | 'bytes' | 'locator' | 'outcome'>;
type Kind = Exclude<Part['kind'], 'primary'>;

/** Kinds that stand behind the end of the file, unless a box of the file holds them. */
const TRAILING_KINDS: ReadonlySet<Part['kind']> = new Set([
  'mpf-image',
  'gain-map',
  'motion-video',
  'trailing-data',
]);

/** `This file holds a gain map (40 kB) and a video (1.2 MB) behind its end, which were not looked into.` */
export function notAnalyzedFault(parts: readonly UnanalyzedPart[]): ReadFault {
  const groups = new Map<Kind, { count: number; bytes: number }>();
  for (const part of parts) {
    if (part.kind === 'primary') continue;
    // A picture behind the end that no structure announces counts as another picture.
    const kind =
      part.kind === 'trailing-data' && part.mediaType?.startsWith('image/') ? 'mpf-image' : part.kind;
    const group = groups.get(kind) ?? { count: 0, bytes: 0 };
    groups.set(kind, { count: group.count + 1, bytes: group.bytes + part.bytes });
  }
  const kinds = [...groups].map(([kind, { count, bytes }]) =>
    message(`place.part.${kind}`, { count, size: sizeMessage(bytes) }),
  );
  const isBehind = parts.every(
    ({ kind, locator }) => TRAILING_KINDS.has(kind) && !locator.startsWith('box '),
  );
  return fault(NOT_ANALYZED, {
    parts: listMessage(kinds),
    where: isBehind ? 'behind' : 'other',
    count: parts.length,
    how: parts.every(({ outcome }) => outcome?.coverage === 'partial') ? 'partly' : 'other',
  });
}

function sizeMessage(bytes: number): Message {
  if (bytes < 1000) return message('amount.bytes', { count: bytes });
  return bytes < 1_000_000
    ? message('amount.kilobytes', { count: String(Math.round(bytes / 1000)) })
    : message('amount.megabytes', { count: (bytes / 1_000_000).toFixed(1) });
}
