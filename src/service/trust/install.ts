import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../base/digest.js';
import { fault, type ReadFault } from '../../base/fault.js';
import { compact } from '../../base/json-shape.js';
import { readCachedFile } from '../../core/trust/lists/trust-file-cache.js';
import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import { trustLimits } from '../../core/trust/lists/trust-limits.js';
import type { TrustSource } from '../../core/trust/lists/trust-sources.js';
import { type Message, message } from '../../i18n/message.js';
import type { FileResult, InstalledFile, ListCandidate, OfferedFile, RefusedFile } from './candidate.js';
import { findCompanionDate } from './companion-date.js';
import { checkList, type ListContent } from './list-check.js';
import { PUBLISHED_LISTS, type PublishedList } from './published-lists.js';
import { SourcesFile } from './sources-file.js';
import { removeLeftovers, StagedFile, syncFolder } from './staged-file.js';

/** A candidate that may be installed. */
interface AcceptedCandidate {
  result: InstalledFile;
  bytes: Buffer;
  source: TrustSource;
}

/**
 * Installs the valid candidates in the trust folder. All are read first, then all are written under temporary names,
 * and only then renamed, with `sources.json` last. If the machine stops between two renames, the checksums in
 * `sources.json` reveal a file that it does not describe, and its date is not used. Rejects if the folder is not
 * writable, which shows before any rename.
 */
export async function installLists(
  folder: string,
  candidates: readonly ListCandidate[],
): Promise<FileResult[]> {
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const before = SourcesFile.read(await readInstalled(folder, TRUST_FILES.sources, trustLimits.sourcesBytes));
  const answers: (AcceptedCandidate | RefusedFile)[] = [];
  for (const candidate of candidates) answers.push(await checkCandidate(folder, candidate, before));
  const accepted = answers.filter((answer) => 'result' in answer);
  await writeAccepted(folder, accepted, before);
  return answers.map((answer) => ('result' in answer ? answer.result : answer));
}

async function checkCandidate(
  folder: string,
  candidate: ListCandidate,
  known: SourcesFile,
): Promise<AcceptedCandidate | RefusedFile> {
  const { file } = candidate;
  const list = PUBLISHED_LISTS.find((one) => one.file === file);
  if (!list) return toRefusal(file, fault('trust.unknownFile'));
  if ('fault' in candidate) return toRefusal(file, candidate.fault);
  const content = checkList(list.holds, candidate.bytes);
  if ('fault' in content) return toRefusal(file, content.fault);
  if (await isOccupied(join(folder, file))) return toRefusal(file, fault('trust.notAFile'));
  const sha256 = sha256Hex(candidate.bytes);
  const present = await readInstalled(folder, file, trustLimits.trustFileBytes);
  const { note, ...dates } = findListDates(list, sha256, candidate, content);
  // What the source records of itself goes before what was found beside it.
  const source = { ...dates, ...compact(candidate.source) };
  const issueDate = source.issueDate ?? known.find(file, sha256)?.issueDate;
  return {
    bytes: candidate.bytes,
    source: compact({ ...source, issueDate }),
    result: compact({
      file,
      outcome: present?.equals(candidate.bytes) ? 'unchanged' : 'installed',
      sha256,
      ...('products' in content
        ? { products: content.products }
        : { certificates: content.certificates.length }),
      issueDate,
      note: issueDate === undefined ? note : undefined,
    }),
  };
}

/** Returns the date of a frozen list, or the dates in the JSON form of the same list. */
function findListDates(
  list: PublishedList,
  sha256: string,
  { companion }: OfferedFile,
  content: ListContent,
): Pick<TrustSource, 'issueDate' | 'nextUpdate' | 'sequence'> & { note?: Message } {
  if (list.frozen !== undefined && list.frozenSha256 === sha256) return { issueDate: list.frozen };
  if (list.companion === undefined || !('certificates' in content)) return {};
  const answer = Buffer.isBuffer(companion)
    ? findCompanionDate(companion, content.certificates)
    : (companion ?? { why: message('trust.companion.absent') });
  if ('issueDate' in answer) return answer;
  return { note: message('trust.dateUnknown', { file: list.companion, why: answer.why }) };
}

async function writeAccepted(
  folder: string,
  accepted: readonly AcceptedCandidate[],
  sources: SourcesFile,
): Promise<void> {
  if (accepted.length === 0) return;
  const changed = accepted.filter((one) => one.result.outcome === 'installed');
  const before = sources.bytes();
  for (const { result, source } of accepted) sources.describe(result.file, result.sha256, source);
  const staged: { file: StagedFile; result?: InstalledFile }[] = [];
  try {
    for (const { result, bytes } of changed)
      staged.push({ file: await StagedFile.write(join(folder, result.file), bytes), result });
    if (!before.equals(sources.bytes()))
      staged.push({ file: await StagedFile.write(join(folder, TRUST_FILES.sources), sources.bytes()) });
    for (const { file, result } of staged) {
      const kept = await file.replace();
      if (kept && result) result.previous = `${result.file}.old`;
    }
  } finally {
    // Removes the temporary files that were not renamed.
    for (const { file } of staged) await file.discard();
  }
  await syncFolder(folder);
}

/** Returns `undefined` if there is no readable file: it is replaced, and still kept as the old one. */
async function readInstalled(folder: string, file: string, maxBytes: number): Promise<Buffer | undefined> {
  return readCachedFile(join(folder, file), maxBytes).then(
    (cached) => cached.bytes,
    () => undefined,
  );
}

async function isOccupied(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => !stats.isFile() && !stats.isSymbolicLink(),
    () => false,
  );
}

const toRefusal = (file: string, why: ReadFault): RefusedFile => ({ file, outcome: 'refused', fault: why });
