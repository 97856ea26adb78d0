import { LawFolder } from '../../law-updates/law-folder.js';
import { type LawStatus, lawStatus } from '../../law-updates/law-status.js';
import { type Said, said } from '../../say/said.js';
import type { Part } from '../part.js';

/** Which law findings are made with here: read the way services read it. */
export async function lawParts(dir: string | undefined, now: Date): Promise<Part[]> {
  const status = await lawStatus(dir === undefined ? undefined : { folder: new LawFolder(dir) }, now);
  const { digest, fault, books, expires } = status;
  if (fault !== undefined)
    return [{ id: 'law', state: 'failed', detail: fault, remedy: said('doctor.law.mend') }];
  const count = String(books.length);
  const detail =
    digest === undefined || expires === undefined
      ? said('doctor.law.builtIn', { count })
      : said('doctor.law.installed', { digest: digest.slice(0, SHORT), day: expires, count });
  const trouble = troubleIn(status);
  if (trouble.length === 0) return [{ id: 'law', state: 'found', detail }];
  const lost = trouble.reduce((one, other) => said('doctor.sentences', { one, other }));
  return [{ id: 'law', state: 'limited', detail, lost, remedy: said('doctor.law.more') }];
}

/** As `assay law status` shortens it. */
const SHORT = 12;

function troubleIn({ stale, expires, disabled, checkAgain, builtInIsLater }: LawStatus): Said[] {
  const clauses = checkAgain.map(({ book, rule }) => `${book} ${rule}`);
  return [
    ...(stale && expires !== undefined ? [said('doctor.law.stale', { day: expires })] : []),
    ...(builtInIsLater.length === 0 ? [] : [said('doctor.law.builtInLater', { books: builtInIsLater })]),
    ...disabled.map(({ book, rule, signal }) => said('doctor.law.disabled', { book, clause: rule, signal })),
    ...(clauses.length === 0 ? [] : [said('doctor.law.checkAgain', { count: clauses.length, clauses })]),
  ];
}
