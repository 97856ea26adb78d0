import { escapeTerminal } from '../../base/terminal-text.js';
import { type Message, message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { Installed } from '../../service/law-updates/install.js';
import type { BookPreview } from '../../service/law-updates/law-preview.js';
import type { SourceFault } from '../../service/law-updates/law-source.js';
import type { LawStatus } from '../../service/law-updates/law-status.js';
import type { DisabledIn, IdleDisable } from '../../service/law-updates/loaded-law.js';
import type {
  LawManifestBook as Book,
  DisabledClause,
  LawManifest,
} from '../../service/law-updates/manifest.js';

/** Texts of `assay law`. */

export const writtenText = (paths: readonly string[], translator: Translator): string =>
  renderLines(
    paths.map((path) => message('lawUpdate.wrote', { path })),
    translator,
  );

export function checkedText(
  {
    faults,
    books,
    disables,
  }: { faults: readonly SourceFault[]; books: readonly BookPreview[]; disables: readonly DisabledClause[] },
  translator: Translator,
): string {
  const isClean = faults.length === 0 && books.every(({ failing }) => failing.length === 0);
  return renderLines(
    [
      ...faults.map(({ file, line, column, why }) => literalMessage(`${file}:${line}:${column}: ${why}`)),
      ...books.flatMap(bookPreviewLines),
      ...disables.map((one) => disableLine(one, '…')),
      ...(isClean ? [message('lawUpdate.check.clean', { count: String(books.length) })] : []),
    ],
    translator,
  );
}

function bookPreviewLines({ id, without, failing, says }: BookPreview): Message[] {
  const clauses = [...new Set(says.map(({ clause }) => clause))];
  return [
    ...without.map((language) =>
      message('lawUpdate.check.noTexts', {
        book: id,
        language: translatorFor(language).text('language.name'),
      }),
    ),
    ...(failing.length === 0 ? [] : [message('error.law.cases', { book: id, cases: failing })]),
    ...clauses.flatMap((clause) => [
      literalMessage(`${id}, ${clause}`),
      ...indented(
        says
          .filter((one) => one.clause === clause)
          .map(({ day, file, statement }) =>
            message('lawUpdate.check.says', { day, file: file ?? 'other', statement }),
          ),
      ),
    ]),
  ];
}

export function signedText(
  {
    digest,
    path,
    name,
    expires,
    books,
    disables,
    disabled,
  }: {
    digest: string;
    path: string;
    name: string;
    expires: string;
    books: readonly Book[];
    disables: readonly DisabledClause[];
    disabled: readonly DisabledIn[];
  },
  speech: Translator,
): string {
  const count = String(books.length);
  return renderLines(
    [
      message('lawUpdate.signed', { name, digest, path, day: expires, count }),
      ...disables.map((one) => disableLine(one, name)),
      ...disabled.map(disabledLine),
    ],
    speech,
  );
}

export function verifiedText(
  { digest, manifest, disabled }: { digest: string; manifest: LawManifest; disabled: readonly DisabledIn[] },
  speech: Translator,
): string {
  const { signer, made, expires, books, disables } = manifest;
  return renderLines(
    [
      message('lawUpdate.good', { digest, made, day: expires, name: signer.name, key: signer.key }),
      ...indented([
        ...books.map(bookLine),
        ...disables.map((one) => disableLine(one, signer.name)),
        ...disabled.map(disabledLine),
      ]),
    ],
    speech,
  );
}

export function installedText(
  { outcome, bundle, before, after, law }: Installed,
  disabled: readonly DisabledIn[],
  translator: Translator,
): string {
  const { digest, manifest } = bundle;
  const { signer, made, expires } = manifest;
  const first =
    outcome === 'unchanged'
      ? message('lawUpdate.unchanged', { digest })
      : message('lawUpdate.installed', { digest: after ?? '', before: lawMessage(before) });
  const more = [
    message('lawUpdate.good', { digest, made, day: expires, name: signer.name, key: signer.key }),
    ...disabled.map(disabledLine),
    ...law.idle.map(idleLine),
  ];
  return renderLines([first, ...indented(more)], translator);
}

export const removedText = (name: string, digest: string | undefined, translator: Translator): string =>
  renderLines([message('lawUpdate.removed', { name, law: lawMessage(digest) })], translator);

export const rolledBackText = (digest: string | undefined, translator: Translator): string =>
  renderLines([message('lawUpdate.rolledBack', { law: lawMessage(digest) })], translator);

export function lawStatusText(status: LawStatus, speech: Translator): string {
  const { digest, since, made, expires, staleSince, layers, books, disabled, idle, builtInIsLater } = status;
  const { before, fault } = status;
  const about = [
    ...(since === undefined ? [] : [message('lawUpdate.since', { time: literalMessage(since) })]),
    ...(made === undefined || expires === undefined
      ? []
      : [message('lawUpdate.made', { made, day: expires })]),
    ...(staleSince === undefined ? [] : [message('lawUpdate.stale', { day: staleSince })]),
    ...(fault === undefined ? [] : [message('lawUpdate.fault', { why: fault })]),
    ...(builtInIsLater.length > 0 ? [message('lawUpdate.builtInLater', { books: builtInIsLater })] : []),
    ...layers.map((one) =>
      message('lawUpdate.layer', {
        ...{ name: one.signer.name, key: shorten(one.signer.key), digest: shorten(one.digest) },
        ...{ made: one.made, day: one.expires },
      }),
    ),
    ...books.map(bookLine),
    ...disabled.map(disabledLine),
    ...idle.map(idleLine),
  ];
  const earlier = before.map(({ digest: one, whole }) => {
    const law = whole ? lawMessage(one) : message('lawUpdate.beforeBroken', { law: lawMessage(one) });
    return message('lawUpdate.before', { law });
  });
  const last = message('lawUpdate.rejudge');
  return renderLines(
    [message('lawUpdate.inForce', { law: lawMessage(digest) }), ...indented(about), ...earlier, last],
    speech,
  );
}

function bookLine({ id, edition, digest, signer }: Book & { signer?: string }): Message {
  const line = message('lawUpdate.book', { book: id, edition, digest: shorten(digest) });
  if (signer === undefined) return line;
  return message('lawUpdate.bookBy', { line, name: signer });
}

/** Hexadecimal digits of a digest: enough to tell two editions apart. `--json` has the whole digest. */
const SHORT_DIGEST_LENGTH = 12;
const shorten = (digest: string): string => digest.slice(0, SHORT_DIGEST_LENGTH);

const disabledLine = (one: DisabledIn): Message =>
  'by' in one
    ? disableLine(one, one.by)
    : message('lawUpdate.disabled', { book: one.book, clause: one.rule, signal: one.signal });

const disableLine = ({ book, rule, reason }: DisabledClause, name: string): Message =>
  message('rulebook.disabledBy', { clause: `${book} ${rule}`, name, reason });

const idleLine = ({ book, rule, by, why }: IdleDisable): Message =>
  message('lawUpdate.idle', { name: by, book, clause: rule, why: why === 'gone' ? why : 'other' });

const lawMessage = (digest: string | undefined): Message =>
  digest === undefined ? message('lawUpdate.builtIn') : literalMessage(digest);

const literalMessage = (text: string): Message => message('text.asWritten', { text });

const indented = (lines: readonly Message[]): Message[] =>
  lines.map((line) => message('trust.indented', { line }));

const renderLines = (lines: readonly Message[], speech: Translator): string =>
  `${lines.map((line) => escapeTerminal(speech.translate(line))).join('\n')}\n`;
