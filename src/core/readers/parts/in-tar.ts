import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { mimeByExtension } from '../../media/media-types.js';
import { readTarMembers, type TarMember } from '../containers/tar-members.js';
import type { InnerParts } from './inner.js';
import { shortenPath, toCalledMedium, toLastSegment, toMemberKind } from './member-names.js';

/** Lists the files in a tar. Inspection of each member detects media from its bytes. */
export async function findTarParts(asset: Asset): Promise<InnerParts> {
  const { items, fault: stopped } = await readTarMembers(asset);
  const names = new Set(items.flatMap(({ name, kind: is }) => (is === 'link' ? [] : [name])));
  // The target of a link is itself a member and listed as such.
  const isReported = ({ kind: is, target = '' }: TarMember) => is === 'link' && names.has(target);
  const candidates = items.filter((one) => !isReported(one) && (one.bytes > 0 || one.kind === 'link'));
  const isNamed = ({ name }: TarMember) => mimeByExtension(name) !== undefined;
  const ordered =
    candidates.length <= limits.parts
      ? candidates
      : [...candidates.filter(isNamed), ...candidates.filter((one) => !isNamed(one))];
  return { parts: ordered.map(partOf), fault: stopped };
}

const partOf = ({ name, offset, bytes, kind: is }: TarMember): AssetPart => ({
  kind: toMemberKind(name, 'archive'),
  offset,
  bytes,
  locator: shortenPath(name),
  name: toLastSegment(name),
  isListedIfKnown: true,
  ...toCalledMedium(name),
  isCountedIfUnknown: true,
  ...(is === 'file' ? {} : { unreadable: fault('part.packing') }),
});
