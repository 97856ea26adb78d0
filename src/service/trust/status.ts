import { compact } from '../../base/json-shape.js';
import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import { type TrustFault, TrustFolder } from '../../core/trust/lists/trust-folder.js';
import type { PlainMessageId } from '../../i18n/message.js';
import type { FileStatus } from './file-status.js';
import { FROZEN, PUBLISHED_LISTS } from './published-lists.js';
import { readListContent, type StatusPurpose } from './status-content.js';
import { exists, readTrustFile } from './status-files.js';
import { findWarnings, type StatusWarning } from './status-warnings.js';

export interface TrustStatus {
  dir: string;
  files: FileStatus[];
  warnings: StatusWarning[];
  /** Files that are not usable, and source entries that do not match. */
  faults: TrustFault[];
}

interface Row {
  file: string;
  title: PlainMessageId;
  holds: StatusPurpose;
  frozen?: string;
}

/** Returns the status of a trust folder, read the way inspections read it. */
export async function readTrustStatus(dir: string, now: Date): Promise<TrustStatus> {
  const folder = await TrustFolder.open(dir);
  const files: FileStatus[] = [];
  const facts = folder.isShipped(TRUST_FILES.interimFacts) ? [INTERIM_FACTS] : [];
  for (const row of [...PUBLISHED_LISTS, ...facts, ...(await findOwnRows(folder))])
    files.push(await readFileStatus(folder, row, now));
  return { dir, files, warnings: findWarnings(files, now), faults: folder.faults };
}

const INTERIM_FACTS: Row = {
  file: TRUST_FILES.interimFacts,
  title: 'trust.title.interimFacts',
  holds: 'facts',
  frozen: FROZEN,
};

async function findOwnRows(folder: TrustFolder): Promise<Row[]> {
  const signers = await folder.pemFilesIn(TRUST_FILES.privateFolder, ['signer']);
  const authorities = await folder.pemFilesIn(TRUST_FILES.privateTsaFolder, ['authority']);
  return [
    ...signers.map((file) => ({ file, title: 'place.list.private' as const, holds: 'own' as const })),
    ...authorities.map((file) => ({
      file,
      title: 'place.list.privateTsa' as const,
      holds: 'ownAuthorities' as const,
    })),
  ];
}

async function readFileStatus(folder: TrustFolder, row: Row, now: Date): Promise<FileStatus> {
  const { file, title, frozen } = row;
  const path = folder.pathOf(file);
  const shipped = folder.isShipped(file);
  const installed = !shipped && (await exists(path));
  const content = await readListContent(folder, row, path, now);
  const cached = await readTrustFile(path);
  const known = folder.sourceOf(file);
  // Source metadata of other bytes does not apply.
  const source = cached && known?.sha256 === cached.sha256 ? known : undefined;
  return compact({
    file,
    title,
    installed,
    shipped: shipped || undefined,
    sha256: cached?.sha256,
    ...content,
    issueDate: source?.issueDate?.slice(0, 10),
    fetchedAt: source?.fetchedAt,
    ageDays: source?.fetchedAt === undefined ? undefined : countDays(source.fetchedAt, now),
    nextUpdate: source?.nextUpdate,
    sequence: source?.sequence,
    url: source?.url,
    frozen,
    previous: (await exists(`${path}.old`)) ? `${file}.old` : undefined,
  });
}

/** Avoids a negative age after the clock was set back. */
const countDays = (from: string, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - Date.parse(from)) / 86_400_000));
