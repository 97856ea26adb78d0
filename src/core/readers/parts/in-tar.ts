import type { AssetPart } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { mimeOfName } from '../../media/media-types.js';
import { type TarMember, tarMembers } from '../containers/tar-members.js';
import type { Inner } from './inner.js';
import { calledMedium, lastSegment, memberKind, shortPlace } from './member-names.js';

/** Files in a tar. Which of them are media is decided from their bytes where they are looked into. */
export async function membersOfTar(asset: Asset): Promise<Inner> {
  const { items, fault: stopped } = await tarMembers(asset);
  const names = new Set(items.flatMap(({ name, is }) => (is === 'link' ? [] : [name])));
  // What a link leads to is a member itself, and told as that.
  const isTold = ({ is, target = '' }: TarMember) => is === 'link' && names.has(target);
  const candidates = items.filter((one) => !isTold(one) && (one.bytes > 0 || one.is === 'link'));
  const isNamed = ({ name }: TarMember) => mimeOfName(name) !== undefined;
  const ordered =
    candidates.length <= limits.parts
      ? candidates
      : [...candidates.filter(isNamed), ...candidates.filter((one) => !isNamed(one))];
  return { parts: ordered.map(partOf), fault: stopped };
}

const partOf = ({ name, offset, bytes, is }: TarMember): AssetPart => ({
  kind: memberKind(name, 'archive'),
  offset,
  bytes,
  place: shortPlace(name),
  name: lastSegment(name),
  ifKnown: true,
  ...calledMedium(name),
  counted: true,
  ...(is === 'file' ? {} : { closed: fault('part.packing') }),
});
