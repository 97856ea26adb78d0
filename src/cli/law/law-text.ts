import { escapeTerminal } from '../../base/terminal-text.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { LawStatus } from '../../service/law-updates/law-status.js';

/** Texts of `assay law`. */

interface Book {
  id: string;
  edition: string;
  digest: string;
}

interface Disabled {
  book: string;
  rule: string;
  signal: string;
}

export function bundledText(
  {
    digest,
    path,
    expires,
    books,
    disabled,
  }: { digest: string; path: string; expires: string; books: readonly Book[]; disabled: readonly Disabled[] },
  speech: Translator,
): string {
  const count = String(books.length);
  return renderLines(
    [message('lawUpdate.bundled', { digest, path, day: expires, count }), ...disabled.map(disabledLine)],
    speech,
  );
}

export function verifiedText(
  {
    digest,
    made,
    expires,
    signedBy: key,
    books,
    disabled,
  }: {
    digest: string;
    made: string;
    expires: string;
    signedBy: string;
    books: readonly Book[];
    disabled: readonly Disabled[];
  },
  speech: Translator,
): string {
  return renderLines(
    [
      message('lawUpdate.good', { digest, made, day: expires, key }),
      ...indented([...books.map(bookLine), ...disabled.map(disabledLine)]),
    ],
    speech,
  );
}

export function installedText(
  {
    outcome,
    digest,
    before,
    made,
    expires,
    disabled,
  }: {
    outcome: 'installed' | 'unchanged';
    digest: string;
    before: string | undefined;
    made: string;
    expires: string;
    disabled: readonly Disabled[];
  },
  translator: Translator,
): string {
  const first =
    outcome === 'unchanged'
      ? message('lawUpdate.unchanged', { digest })
      : message('lawUpdate.installed', { digest, before: lawMessage(before) });
  const more = [message('lawUpdate.made', { made, day: expires }), ...disabled.map(disabledLine)];
  return renderLines([first, ...indented(more)], translator);
}

export const rolledBackText = (digest: string | undefined, translator: Translator): string =>
  renderLines([message('lawUpdate.rolledBack', { law: lawMessage(digest) })], translator);

export function lawStatusText(
  { digest, since, made, expires, stale, books, disabled, builtInIsLater, before, fault }: LawStatus,
  speech: Translator,
): string {
  const about = [
    ...(since === undefined ? [] : [message('lawUpdate.since', { time: literalMessage(since) })]),
    ...(made === undefined || expires === undefined
      ? []
      : [message('lawUpdate.made', { made, day: expires })]),
    ...(stale && expires !== undefined ? [message('lawUpdate.stale', { day: expires })] : []),
    ...(fault === undefined ? [] : [message('lawUpdate.fault', { why: fault })]),
    ...(builtInIsLater.length > 0 ? [message('lawUpdate.builtInLater', { books: builtInIsLater })] : []),
    ...books.map(bookLine),
    ...disabled.map(disabledLine),
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

const bookLine = ({ id, edition, digest }: Book): Message =>
  message('lawUpdate.book', { book: id, edition, digest: digest.slice(0, SHORT_DIGEST_LENGTH) });

/** Hexadecimal digits of a digest: enough to tell two editions apart. `--json` has the whole digest. */
const SHORT_DIGEST_LENGTH = 12;

const disabledLine = ({ book, rule, signal }: Disabled): Message =>
  message('lawUpdate.disabled', { book, clause: rule, signal });

const lawMessage = (digest: string | undefined): Message =>
  digest === undefined ? message('lawUpdate.builtIn') : literalMessage(digest);

const literalMessage = (text: string): Message => message('text.asWritten', { text });

const indented = (lines: readonly Message[]): Message[] =>
  lines.map((line) => message('trust.indented', { line }));

const renderLines = (lines: readonly Message[], speech: Translator): string =>
  `${lines.map((line) => escapeTerminal(speech.translate(line))).join('\n')}\n`;
