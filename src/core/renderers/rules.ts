import type { Finding } from '../finding-schema.js';
import type { Report } from '../report.js';
import type { SignalId } from '../signal.js';
import type { Words } from '../words/words.js';

export interface RuleRow {
  clause: string;
  title: string;
  statement: string;
  outcome: string;
  /** What the signals below it did: decided it, or could not be looked for. */
  becauseLabel: string;
  because: { id: SignalId; meaning: string }[];
  reference: Finding['reference'];
  dates: string;
}

export interface Book {
  id: string;
  edition?: string;
  rows: RuleRow[];
  /** Clauses that do not apply, in one line: they are many and say little. */
  rest: { outcome: string; clauses: string[] }[];
  /** Clauses whose text was not yet compared with the official one. */
  uncompared?: string;
}

export interface RulesSection {
  heading: string;
  books: Book[];
}

const MOST_FINDINGS_A_BOOK = 200;

export function rules({ findings, tool }: Report, words: Words): RulesSection | undefined {
  if (findings.length === 0) return undefined;
  const ids = [...new Set(findings.map(({ rulebook }) => rulebook))];
  const books = ids.map((id) => {
    const edition = tool.rulebooks.find((one) => one.id === id)?.edition;
    return book(
      id,
      edition,
      findings.filter(({ rulebook }) => rulebook === id),
      words,
    );
  });
  return { heading: words.phrases.rulesOn(tool.asOf), books };
}

function book(id: string, edition: string | undefined, all: readonly Finding[], words: Words): Book {
  const findings = all.slice(0, MOST_FINDINGS_A_BOOK);
  const apart = findings.filter(({ outcome }) => outcome === 'not-applicable');
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? words.phrases.uncomparedAll
      : unread.map(({ clause }) => clause).join(', ');
  return {
    id,
    ...(edition === undefined ? {} : { edition: words.phrases.edition(edition) }),
    rows: findings
      .filter(({ outcome }) => outcome !== 'not-applicable')
      .map((finding) => row(finding, words)),
    rest:
      apart.length === 0
        ? []
        : [
            {
              outcome: capital(words.outcomes['not-applicable']),
              clauses: apart.map(({ clause }) => clause),
            },
          ],
    ...(unread.length === 0 ? {} : { uncompared: `${words.phrases.uncompared}: ${which}` }),
  };
}

function row(finding: Finding, words: Words): RuleRow {
  const { from, until } = finding.inForce;
  return {
    clause: finding.clause,
    title: finding.title,
    statement: finding.statement,
    outcome: words.outcomes[finding.outcome],
    becauseLabel: finding.outcome === 'indeterminate' ? words.phrases.couldNotLookFor : words.phrases.because,
    because: finding.because.map((id) => ({ id, meaning: words.signals[id] })),
    reference: finding.reference,
    dates: until === undefined ? words.phrases.inForceFrom(from) : words.phrases.inForceBetween(from, until),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
