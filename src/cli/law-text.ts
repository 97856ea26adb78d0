import { escapeTerminal } from '../core/ground/terminal-text.js';
import type { LawStatus } from '../law-updates/law-status.js';
import { type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';

/** What `assay law` says. */

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
  speech: Speech,
): string {
  const count = String(books.length);
  return shown(
    [said('lawUpdate.bundled', { digest, path, day: expires, count }), ...disabled.map(disabledLine)],
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
  speech: Speech,
): string {
  return shown(
    [
      said('lawUpdate.good', { digest, made, day: expires, key }),
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
  speech: Speech,
): string {
  const first =
    outcome === 'unchanged'
      ? said('lawUpdate.unchanged', { digest })
      : said('lawUpdate.installed', { digest, before: lawSaid(before) });
  const more = [said('lawUpdate.made', { made, day: expires }), ...disabled.map(disabledLine)];
  return shown([first, ...indented(more)], speech);
}

export const rolledBackText = (digest: string | undefined, speech: Speech): string =>
  shown([said('lawUpdate.rolledBack', { law: lawSaid(digest) })], speech);

export function lawStatusText(
  { digest, since, made, expires, stale, books, disabled, builtInIsLater, before, fault }: LawStatus,
  speech: Speech,
): string {
  const about = [
    ...(since === undefined ? [] : [said('lawUpdate.since', { time: asWritten(since) })]),
    ...(made === undefined || expires === undefined ? [] : [said('lawUpdate.made', { made, day: expires })]),
    ...(stale && expires !== undefined ? [said('lawUpdate.stale', { day: expires })] : []),
    ...(fault === undefined ? [] : [said('lawUpdate.fault', { why: fault })]),
    ...(builtInIsLater.length > 0 ? [said('lawUpdate.builtInLater', { books: builtInIsLater })] : []),
    ...books.map(bookLine),
    ...disabled.map(disabledLine),
  ];
  const earlier = before.map(({ digest: one, whole }) => {
    const law = whole ? lawSaid(one) : said('lawUpdate.beforeBroken', { law: lawSaid(one) });
    return said('lawUpdate.before', { law });
  });
  const last = said('lawUpdate.rejudge');
  return shown(
    [said('lawUpdate.inForce', { law: lawSaid(digest) }), ...indented(about), ...earlier, last],
    speech,
  );
}

const bookLine = ({ id, edition, digest }: Book): Said =>
  said('lawUpdate.book', { book: id, edition, digest: digest.slice(0, SHORT) });

/** Enough to tell two apart at a glance; --json has the whole. */
const SHORT = 12;

const disabledLine = ({ book, rule, signal }: Disabled): Said =>
  said('lawUpdate.disabled', { book, clause: rule, signal });

const lawSaid = (digest: string | undefined): Said =>
  digest === undefined ? said('lawUpdate.builtIn') : asWritten(digest);

const asWritten = (text: string): Said => said('text.asWritten', { text });

const indented = (lines: readonly Said[]): Said[] => lines.map((line) => said('trust.indented', { line }));

const shown = (lines: readonly Said[], speech: Speech): string =>
  `${lines.map((line) => escapeTerminal(speech.say(line))).join('\n')}\n`;
