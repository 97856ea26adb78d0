import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../core/ground/digest.js';
import { fault, type ReadFault } from '../core/ground/fault.js';
import { compact } from '../core/ground/json-shape.js';
import { cachedFile } from '../core/trust/trust-file-cache.js';
import { TRUST_FILES } from '../core/trust/trust-files.js';
import { trustLimits } from '../core/trust/trust-limits.js';
import type { TrustSource } from '../core/trust/trust-sources.js';
import { type Said, said } from '../say/said.js';
import type { Candidate, FileResult, InstalledFile, OfferedFile, RefusedFile } from './candidate.js';
import { companionDate } from './companion-date.js';
import { checkList, type ListContent } from './list-check.js';
import { PUBLISHED_LISTS, type PublishedList } from './published-lists.js';
import { SourcesFile } from './sources-file.js';
import { dropLeftOvers, StagedFile, syncFolder } from './staged-file.js';

/** A candidate that may be installed. */
interface Accepted {
  result: InstalledFile;
  bytes: Buffer;
  source: TrustSource;
}

/**
 * Puts the good ones among the candidates into the trust folder. All are read first; then all are written
 * beside the old ones; only then do they take the old ones' names, with `sources.json` last. Should the machine
 * stop between two names, the checksums of `sources.json` tell that a file is not the one described, and its
 * date is not used. Rejects where the folder cannot be written; that shows before any name is changed.
 */
export async function installLists(folder: string, candidates: readonly Candidate[]): Promise<FileResult[]> {
  await mkdir(folder, { recursive: true });
  await dropLeftOvers(folder);
  const before = SourcesFile.read(await bytesOf(folder, TRUST_FILES.sources, trustLimits.sourcesBytes));
  const answers: (Accepted | RefusedFile)[] = [];
  for (const candidate of candidates) answers.push(await judge(folder, candidate, before));
  const accepted = answers.filter((answer) => 'result' in answer);
  await place(folder, accepted, before);
  return answers.map((answer) => ('result' in answer ? answer.result : answer));
}

async function judge(
  folder: string,
  candidate: Candidate,
  known: SourcesFile,
): Promise<Accepted | RefusedFile> {
  const { file } = candidate;
  const list = PUBLISHED_LISTS.find((one) => one.file === file);
  if (!list) return refused(file, fault('trust.unknownFile'));
  if ('fault' in candidate) return refused(file, candidate.fault);
  const content = checkList(list.holds, candidate.bytes);
  if ('fault' in content) return refused(file, content.fault);
  if (await isTaken(join(folder, file))) return refused(file, fault('trust.notAFile'));
  const sha256 = sha256Hex(candidate.bytes);
  const present = await bytesOf(folder, file, trustLimits.trustFileBytes);
  const dated = dateOf(list, sha256, candidate, content);
  const issueDate = dated.issueDate ?? known.of(file, sha256)?.issueDate;
  return {
    bytes: candidate.bytes,
    source: compact({ ...candidate.source, issueDate }),
    result: compact({
      file,
      outcome: present?.equals(candidate.bytes) ? 'unchanged' : 'installed',
      sha256,
      ...('products' in content
        ? { products: content.products }
        : { certificates: content.certificates.length }),
      issueDate,
      note: issueDate === undefined ? dated.note : undefined,
    }),
  };
}

function dateOf(
  list: PublishedList,
  sha256: string,
  { source, companion }: OfferedFile,
  content: ListContent,
): { issueDate?: string; note?: Said } {
  if (source.issueDate !== undefined) return { issueDate: source.issueDate };
  if (list.frozen !== undefined && list.frozenSha256 === sha256) return { issueDate: list.frozen };
  if (list.companion === undefined || !('certificates' in content)) return {};
  const answer = Buffer.isBuffer(companion)
    ? companionDate(companion, content.certificates)
    : (companion ?? { why: said('trust.companion.absent') });
  if ('issueDate' in answer) return answer;
  return { note: said('trust.dateUnknown', { file: list.companion, why: answer.why }) };
}

async function place(folder: string, accepted: readonly Accepted[], sources: SourcesFile): Promise<void> {
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
    // What has taken its name is not found here any more.
    for (const { file } of staged) await file.discard();
  }
  await syncFolder(folder);
}

/** Undefined where there is none that could be read: then it is replaced, and kept as the old one all the same. */
async function bytesOf(folder: string, file: string, most: number): Promise<Buffer | undefined> {
  return cachedFile(join(folder, file), most).then(
    (cached) => cached.bytes,
    () => undefined,
  );
}

async function isTaken(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => !stats.isFile() && !stats.isSymbolicLink(),
    () => false,
  );
}

const refused = (file: string, why: ReadFault): RefusedFile => ({ file, outcome: 'refused', fault: why });
