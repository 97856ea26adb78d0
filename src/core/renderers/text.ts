import { type Speech, speechOf } from '../../say/speech.js';
import { escapeTerminal } from '../ground/terminal-text.js';
import type { Report } from '../report/report.js';
import { MARKS } from './check.js';
import type { Group } from './groups.js';
import type { History, TreeNode } from './history.js';
import { hasKeptText, plainText } from './kept-text.js';
import { marksOf } from './marks.js';
import { type Page, pageOf } from './page.js';
import type { Book, RuleRow, RulesSection } from './rules.js';
import type { Line } from './runs.js';
import { TextLines } from './text-lines.js';
import { onePageInFull } from './text-one-page.js';
import { columnsOf, plain, type TextOptions } from './text-plain.js';

/**
 * Report → all of it for a terminal: the one page and the whole record. Pure; whether colour is wanted is the door's
 * business.
 */
export function renderText(
  report: Report,
  { color, width }: TextOptions,
  speech: Speech = speechOf('en'),
): string {
  const columns = columnsOf(width);
  const out = new TextLines(columns, color);
  const page = pageOf(report, speech);
  if (hasKeptText(page)) out.put(speech.words('page.phrase.keptWords'), { style: 'dim' });
  contradictions(out, page, speech);
  checks(out, page, speech);
  whyMissing(out, page, speech);
  simple(out, speech.words('page.section.parts'), page.parts);
  if (page.rules && page.rules.books.length > 0) rules(out, page.rules, speech);
  tree(out, page.history, speech);
  rows(
    out,
    speech.words('page.section.times'),
    page.times.map(({ label, line, note }): [string, Line] => [
      label,
      note.length === 0 ? line : [...line, marksOf(speech).open, ...note, marksOf(speech).close],
    ]),
  );
  groups(out, speech.words('page.section.details'), page.details);
  out.gap();
  pairs(
    out,
    page.colophon.map(({ title, lines }): [string, Line] => [title, lines[0] ?? []]),
  );
  return onePageInFull(report, columns, color, speech) + out.toString();
}

function checks(out: TextLines, { origin, checks: all }: Page, speech: Speech): void {
  out.heading(speech.words('page.section.checks'));
  out.put(plain(origin), { indent: 2 });
  const label = out.labelColumns(all.map((check) => check.label));
  let before = '';
  for (const check of all) {
    out.put(plain(check.word), {
      indent: 2,
      label: check.label === before ? '' : check.label,
      labelColumns: label,
      mark: MARKS[check.mark],
    });
    for (const note of check.notes) {
      out.put(plain(note), { indent: out.narrow ? 4 : 4 + label, style: 'dim', whole: isAddress(note) });
    }
    before = check.label;
  }
}

function whyMissing(out: TextLines, { whyMissing: all }: Page, speech: Speech): void {
  if (all.length === 0) return;
  out.heading(speech.words('page.section.whyMissing'));
  for (const { says, source } of all) {
    out.put(plain(says), { indent: 2 });
    out.put(plain(source), { indent: 4, style: 'dim' });
  }
}

function isAddress(line: Line): boolean {
  const [one] = line;
  return line.length === 1 && typeof one === 'object' && 'link' in one;
}

function simple(out: TextLines, title: string, lines: readonly Line[]): void {
  if (lines.length === 0) return;
  out.heading(title);
  for (const line of lines) out.put(plain(line), { indent: 2, hang: 2 });
}

function contradictions(out: TextLines, { contradictions: all }: Page, speech: Speech): void {
  if (all.length === 0) return;
  out.heading(speech.words('page.section.contradictions'));
  for (const { statement, between } of all) {
    out.put(escapeTerminal(plainText(statement)), { indent: 2, mark: MARKS.contradiction });
    for (const line of between) out.put(plain(line), { indent: 4, style: 'dim' });
  }
}

/** The line of each place stands on the one page. */
function rules(out: TextLines, { heading, books }: RulesSection, speech: Speech): void {
  out.heading(heading);
  for (const book of books) ruleBook(out, book, speech);
}

function ruleBook(
  out: TextLines,
  { title, edition, rows: all, rest, uncompared }: Book,
  speech: Speech,
): void {
  const { colon, semicolon } = marksOf(speech);
  out.put(plain([...title, ...(edition === undefined ? [] : [` · ${edition}`])]), {
    indent: 2,
    style: 'bold',
  });
  for (const row of all) rule(out, row, speech);
  for (const next of new Set(all.map((row) => row.next)))
    if (next !== undefined) out.put(`→ ${next}`, { indent: 4, hang: 2 });
  for (const { heading, rows } of rest) {
    const clauses = rows.map(({ clause }) => clause);
    out.put(escapeTerminal(`${heading}${colon}${clauses.join(semicolon)}`, 4_096), { indent: 4, hang: 2 });
  }
  if (uncompared !== undefined) out.put(escapeTerminal(uncompared, 4_096), { indent: 4, style: 'dim' });
  for (const address of new Set(all.map(({ reference }) => reference.address)))
    out.put(escapeTerminal(address), { indent: 4, style: 'dim', whole: true });
}

function rule(out: TextLines, row: RuleRow, speech: Speech): void {
  out.put(
    escapeTerminal(
      `${row.clause} ${plainText(row.title)}${marksOf(speech).colon}${row.outcome}${marksOf(speech).open}${row.dates}${marksOf(speech).close}`,
    ),
    { indent: 4 },
  );
  out.put(escapeTerminal(plainText(row.statement)), { indent: 6 });
  if (row.because.length === 0) return;
  out.put(
    escapeTerminal(
      `${row.becauseLabel}${marksOf(speech).colon}${row.because.map(({ id }) => id).join(', ')}`,
    ),
    {
      indent: 6,
      style: 'dim',
    },
  );
}

function tree(out: TextLines, { caution, nodes }: History, speech: Speech): void {
  if (nodes.length === 0) return;
  out.heading(speech.words('page.section.history'));
  if (caution !== undefined) out.put(`${escapeTerminal(caution)}${marksOf(speech).stop}`, { indent: 2 });
  for (const node of nodes) branch(out, node, 2);
}

function branch(out: TextLines, { line, notes, children }: TreeNode, indent: number): void {
  out.put(plain(line), { indent, hang: 2 });
  for (const note of notes) out.put(plain(note), { indent: indent + 2, hang: 2, style: 'dim' });
  for (const child of children) branch(out, child, indent + 2);
}

function rows(out: TextLines, title: string, all: readonly [string, Line][]): void {
  if (all.length === 0) return;
  out.heading(title);
  pairs(out, all, 2);
}

function pairs(out: TextLines, all: readonly [string, Line][], indent = 0): void {
  const labelColumns = out.labelColumns(all.map(([label]) => label));
  for (const [label, line] of all) out.put(plain(line), { indent, label, labelColumns });
}

function groups(out: TextLines, title: string, all: readonly Group[]): void {
  if (all.length === 0) return;
  out.heading(title);
  for (const { title: name, lines } of all) {
    out.put(escapeTerminal(name), { indent: 2 });
    for (const line of lines) out.put(plain(line), { indent: 4, hang: 2, style: 'dim' });
  }
}
