import { WATCHED_CHANGES } from '../../../core/law/rulebook-diff.js';
import { type Message, message } from '../../../i18n/message.js';
import { LawFolder } from '../../law-updates/law-folder.js';
import { type LawStatus, readLawStatus } from '../../law-updates/law-status.js';
import type { DoctorPart } from '../part.js';

/** Reports which law findings are made with, read the way services read it. */
export async function checkLaw(dir: string | undefined, now: Date): Promise<DoctorPart[]> {
  const status = await readLawStatus(dir === undefined ? undefined : { folder: new LawFolder(dir) }, now);
  const { digest, fault, books, expires } = status;
  if (fault !== undefined)
    return [{ id: 'law', state: 'failed', detail: fault, remedy: message('doctor.law.mend') }];
  const count = String(books.length);
  const text =
    digest === undefined || expires === undefined
      ? message('doctor.law.builtIn', { count })
      : message('doctor.law.installed', { digest: digest.slice(0, DIGEST_CHARACTERS), day: expires, count });
  const layers = status.layers.map(({ signer }) => signer.name);
  const detail = layers.length === 0 ? text : message('doctor.law.withLayers', { text, layers });
  const trouble = lawWarnings(status);
  if (trouble.length === 0) return [{ id: 'law', state: 'found', detail }];
  const lost = trouble.reduce((one, other) => message('doctor.sentences', { one, other }));
  return [{ id: 'law', state: 'limited', detail, lost, remedy: message('doctor.law.more') }];
}

/** Characters of the digest that are shown; `assay law status` shows as many. */
const DIGEST_CHARACTERS = 12;

/** Returns a sentence for each thing about the law in force that needs attention. */
export function lawWarnings({
  staleSince,
  disabled,
  checkAgain,
  builtInIsLater,
  watched,
}: LawStatus): Message[] {
  const clauses = checkAgain.map(({ book, rule }) => `${book} ${rule}`);
  return [
    ...(staleSince === undefined ? [] : [message('doctor.law.stale', { day: staleSince })]),
    ...(builtInIsLater.length === 0 ? [] : [message('doctor.law.builtInLater', { books: builtInIsLater })]),
    ...disabled.map((one) =>
      'by' in one
        ? message('doctor.law.disabledBy', {
            ...{ name: one.by, clause: one.rule, book: one.book, reason: one.reason },
          })
        : message('doctor.law.disabled', { book: one.book, clause: one.rule, signal: one.signal }),
    ),
    ...WATCHED_CHANGES.flatMap((change) => {
      const laws = watched.filter((one) => one.change === change);
      const names = laws.map(({ on, watched: { id } }) => `${id} (${on})`);
      return names.length === 0 ? [] : [message(`doctor.law.watched.${change}`, { laws: names })];
    }),
    ...(clauses.length === 0 ? [] : [message('doctor.law.checkAgain', { count: clauses.length, clauses })]),
  ];
}
