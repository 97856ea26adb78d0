import { join } from 'node:path';
import { compact } from '../core/ground/json-shape.js';
import { TRUST_FILES } from '../core/trust/trust-files.js';
import { type TrustFault, TrustFolder } from '../core/trust/trust-folder.js';
import type { PlainId } from '../say/said.js';
import type { FileStatus } from './file-status.js';
import { PUBLISHED_LISTS } from './published-lists.js';
import { contentOf, type StatusHolds } from './status-content.js';
import { exists, read } from './status-files.js';
import { type StatusWarning, warningsOf } from './status-warnings.js';

export interface TrustStatus {
  dir: string;
  files: FileStatus[];
  warnings: StatusWarning[];
  /** Files that are there and cannot be used, and descriptions that do not fit. */
  faults: TrustFault[];
}

interface Row {
  file: string;
  title: PlainId;
  holds: StatusHolds;
  frozen?: string;
}

/** What lies in a trust folder, read the way inspections read it. */
export async function trustStatus(dir: string, now: Date): Promise<TrustStatus> {
  const folder = await TrustFolder.open(dir);
  const files: FileStatus[] = [];
  for (const row of [...PUBLISHED_LISTS, ...(await ownRows(folder))])
    files.push(await fileStatus(dir, folder, row, now));
  return { dir, files, warnings: warningsOf(files), faults: folder.faults };
}

async function ownRows(folder: TrustFolder): Promise<Row[]> {
  const signers = await folder.pemFilesIn(TRUST_FILES.privateFolder, ['signer']);
  const authorities = await folder.pemFilesIn(TRUST_FILES.privateTsaFolder, ['authority']);
  return [
    ...signers.map((file) => ({ file, title: 'trust.title.private' as const, holds: 'own' as const })),
    ...authorities.map((file) => ({
      file,
      title: 'trust.title.privateTsa' as const,
      holds: 'ownAuthorities' as const,
    })),
  ];
}

async function fileStatus(dir: string, folder: TrustFolder, row: Row, now: Date): Promise<FileStatus> {
  const { file, title, frozen } = row;
  const path = join(dir, file);
  const installed = await exists(path);
  const content = await contentOf(folder, row, path, now);
  const cached = await read(path);
  const known = folder.sourceOf(file);
  // What is said of other bytes is not said of these.
  const source = cached && known?.sha256 === cached.sha256 ? known : undefined;
  return compact({
    file,
    title,
    installed,
    sha256: cached?.sha256,
    ...content,
    issueDate: source?.issueDate?.slice(0, 10),
    fetchedAt: source?.fetchedAt,
    ageDays: source?.fetchedAt === undefined ? undefined : daysBetween(source.fetchedAt, now),
    url: source?.url,
    frozen,
    previous: (await exists(`${path}.old`)) ? `${file}.old` : undefined,
  });
}

/** A clock that was set back makes no negative age. */
const daysBetween = (from: string, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - Date.parse(from)) / 86_400_000));
