import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../base/digest.js';
import { fault, type ReadFault } from '../../base/fault.js';

import { readCachedFile, TrustFileTooLarge } from '../../core/trust/lists/trust-file-cache.js';
import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import { trustLimits as limits } from '../../core/trust/lists/trust-limits.js';
import { message } from '../../i18n/message.js';
import type { ListCandidate, OfferedFile } from './candidate.js';
import { findCompanionDate } from './companion-date.js';
import { checkList } from './list-check.js';
import { PUBLISHED_LISTS, type PublishedList } from './published-lists.js';
import { SourcesFile } from './sources-file.js';

/**
 * Reads the lists of a folder that was carried to this machine, by the publishers' file names. Missing lists are
 * skipped.
 */
export async function readFolderCandidates(folder: string): Promise<ListCandidate[]> {
  const sources = await readFileIfPresent(folder, TRUST_FILES.sources, limits.sourcesBytes);
  const known = SourcesFile.read(Buffer.isBuffer(sources) ? sources : undefined);
  const found: ListCandidate[] = [];
  for (const list of PUBLISHED_LISTS) {
    const bytes = await readFileIfPresent(folder, list.file, limits.trustFileBytes);
    if (bytes === undefined) continue;
    if (!Buffer.isBuffer(bytes)) found.push({ file: list.file, fault: bytes });
    else found.push({ file: list.file, ...(await buildCandidate(folder, list, bytes, known)) });
  }
  return found;
}

/** A list truncated between two certificates still looks valid; only the metadata next to it shows the difference. */
const OTHER_BYTES: ReadFault = fault('trust.sourceMismatch', { where: 'beside' });

/** Returns true if the folder holds private anchors, which must not be imported: the operator alone decides on them. */
export async function hasPrivateAnchors(folder: string): Promise<boolean> {
  return stat(join(folder, TRUST_FILES.privateFolder)).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function buildCandidate(
  folder: string,
  list: PublishedList,
  bytes: Buffer,
  known: SourcesFile,
): Promise<OfferedFile | { fault: ReadFault }> {
  const source = known.find(list.file, sha256Hex(bytes)) ?? {};
  const companion =
    list.companion && (await readFileIfPresent(folder, list.companion, limits.trustFileBytes));
  if (known.contradicts(list.file, sha256Hex(bytes)) && !isSameList(companion, list, bytes))
    return { fault: OTHER_BYTES };
  if (!companion) return { bytes, source };
  const usable = Buffer.isBuffer(companion) ? companion : { why: message('trust.companion.unread') };
  return { bytes, source, companion: usable };
}

/** Returns true if the JSON form names the same certificates: the list was updated next to an older `sources.json`. */
function isSameList(companion: unknown, list: PublishedList, bytes: Buffer): boolean {
  if (!Buffer.isBuffer(companion)) return false;
  const content = checkList(list.holds, bytes);
  return 'certificates' in content && 'issueDate' in findCompanionDate(companion, content.certificates);
}

async function readFileIfPresent(folder: string, file: string, most: number) {
  try {
    return (await readCachedFile(join(folder, file), most)).bytes;
  } catch (error) {
    if (error instanceof TrustFileTooLarge) return fault('bound.trustFile', { most });
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return fault('trust.unreadable', { what: 'other' });
  }
}
