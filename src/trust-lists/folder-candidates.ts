import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../core/ground/digest.js';
import { fault, type ReadFault } from '../core/ground/fault.js';

import { cachedFile, TooLarge } from '../core/trust/trust-file-cache.js';
import { TRUST_FILES } from '../core/trust/trust-files.js';
import { trustLimits as limits } from '../core/trust/trust-limits.js';
import { said } from '../say/said.js';
import type { Candidate, OfferedFile } from './candidate.js';
import { companionDate } from './companion-date.js';
import { checkList } from './list-check.js';
import { PUBLISHED_LISTS, type PublishedList } from './published-lists.js';
import { SourcesFile } from './sources-file.js';

/** What a folder that somebody carried here holds, by the publishers' names. Lists that it lacks are no candidates. */
export async function folderCandidates(folder: string): Promise<Candidate[]> {
  const sources = await bytesOf(folder, TRUST_FILES.sources, limits.sourcesBytes);
  const known = SourcesFile.read(Buffer.isBuffer(sources) ? sources : undefined);
  const found: Candidate[] = [];
  for (const list of PUBLISHED_LISTS) {
    const bytes = await bytesOf(folder, list.file, limits.trustFileBytes);
    if (bytes === undefined) continue;
    if (!Buffer.isBuffer(bytes)) found.push({ file: list.file, fault: bytes });
    else found.push({ file: list.file, ...(await offered(folder, list, bytes, known)) });
  }
  return found;
}

/** A list cut between two certificates is a list like any other; only what lies beside it tells. */
const OTHER_BYTES: ReadFault = fault('trust.sourceMismatch', { where: 'beside' });

/** True where private anchors lie in it: whom an operator trusts is not for a carried folder to say. */
export async function hasPrivateAnchors(folder: string): Promise<boolean> {
  return stat(join(folder, TRUST_FILES.privateFolder)).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function offered(
  folder: string,
  list: PublishedList,
  bytes: Buffer,
  known: SourcesFile,
): Promise<OfferedFile | { fault: ReadFault }> {
  const source = known.of(list.file, sha256Hex(bytes)) ?? {};
  const companion = list.companion && (await bytesOf(folder, list.companion, limits.trustFileBytes));
  if (known.denies(list.file, sha256Hex(bytes)) && !vouchesFor(companion, list, bytes))
    return { fault: OTHER_BYTES };
  if (!companion) return { bytes, source };
  const usable = Buffer.isBuffer(companion) ? companion : { why: said('trust.companion.unread') };
  return { bytes, source, companion: usable };
}

/** The list's JSON form names the same certificates: a newer list, put beside an older `sources.json`. */
function vouchesFor(companion: unknown, list: PublishedList, bytes: Buffer): boolean {
  if (!Buffer.isBuffer(companion)) return false;
  const content = checkList(list.holds, bytes);
  return 'certificates' in content && 'issueDate' in companionDate(companion, content.certificates);
}

async function bytesOf(folder: string, file: string, most: number) {
  try {
    return (await cachedFile(join(folder, file), most)).bytes;
  } catch (error) {
    if (error instanceof TooLarge) return fault('bound.trustFile', { most });
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return fault('trust.unreadable', { what: 'other' });
  }
}
