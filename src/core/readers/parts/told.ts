import type { AssetPart, ReadFault } from '../../evidence.js';

/** Names what stands in a file and was not looked into. The Chinese is made of the same pieces (words/zh/parts.ts). */
export const NOT_LOOKED_INTO = 'parts.notLookedInto';

type Kind = Exclude<AssetPart['kind'], 'primary'>;

/** One, and several. */
const NAMES: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  'mpf-image': ['a further picture', 'further pictures'],
  'gain-map': ['a gain map', 'gain maps'],
  'motion-video': ['a video', 'videos'],
  'trailing-data': ['data of an unknown kind', 'runs of data of an unknown kind'],
  attachment: ['an attached file', 'attached files'],
  'cover-picture': ['a cover picture with metadata of its own', 'cover pictures with metadata of their own'],
  'embedded-picture': ['a picture with metadata of its own', 'pictures with metadata of their own'],
};
/** Where these stand, unless a box of the file holds them. */
const BEHIND: ReadonlySet<AssetPart['kind']> = new Set([
  'mpf-image',
  'gain-map',
  'motion-video',
  'trailing-data',
]);

/** `This file holds a gain map (40 kB) and a video (1.2 MB) behind its end, which were not looked into.` */
export function notLookedInto(parts: readonly AssetPart[]): ReadFault {
  const groups = new Map<Kind, { count: number; bytes: number }>();
  for (const part of parts) {
    if (part.kind === 'primary') continue;
    // A picture behind the end that nothing announces is one more picture.
    const kind =
      part.kind === 'trailing-data' && part.mediaType?.startsWith('image/') ? 'mpf-image' : part.kind;
    const group = groups.get(kind) ?? { count: 0, bytes: 0 };
    groups.set(kind, { count: group.count + 1, bytes: group.bytes + part.bytes });
  }
  const named = [...groups].map(([kind, { count, bytes }]) => {
    const [one, several] = NAMES[kind];
    return `${count === 1 ? one : `${count} ${several}`} (${sized(bytes)})`;
  });
  const last = named.at(-1) ?? '';
  const all = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${last}` : last;
  const where = parts.every(({ kind, place }) => BEHIND.has(kind) && !place.startsWith('box '))
    ? ' behind its end'
    : '';
  return {
    code: NOT_LOOKED_INTO,
    reason: `This file holds ${all}${where}, which ${parts.length === 1 ? 'was' : 'were'} not looked into.`,
  };
}

function sized(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
