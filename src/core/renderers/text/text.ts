import { escapeTerminal } from '../../../base/terminal-text.js';
import { type Translator, translatorFor } from '../../../i18n/translator.js';
import { MARKS } from '../../page/check.js';
import { toPlainText } from '../../page/display-text.js';
import type { Dossier } from '../../page/dossier.js';
import type { LineGroup } from '../../page/groups.js';
import type { History, TreeNode } from '../../page/history/history.js';
import { groupByKind, type RulebookSection, type RuleRow, type RulesSection } from '../../page/law/rules.js';
import { punctuationFor } from '../../page/marks.js';
import type { ReportPage } from '../../page/page.js';
import type { RunLine } from '../../page/runs.js';
import { renderFullOnePage } from './one-page.js';
import { type TextOptions, toColumns, toPlain } from './plain.js';
import { TextLines } from './text-lines.js';

/** Renders the full page for a terminal: the one page and the record. Pure; the entry point decides on colour. */
export function renderText(
  page: ReportPage,
  { color, width }: TextOptions,
  translator: Translator = translatorFor('en'),
): string {
  const columns = toColumns(width);
  const out = new TextLines(columns, color);
  const { dossier } = page;
  if (page.isPartlyEnglish) out.put(translator.text('page.phrase.englishTexts'), { style: 'dim' });
  contradictions(out, page, translator);
  checks(out, dossier, translator);
  whyMissing(out, dossier, translator);
  simple(out, translator.text('page.section.parts'), dossier.parts);
  if (dossier.rules && dossier.rules.books.length > 0) rules(out, dossier.rules, translator);
  tree(out, dossier.history, translator);
  rows(
    out,
    translator.text('page.section.times'),
    dossier.times.map(({ label, line, note }): [string, RunLine] => [
      label,
      note.length === 0
        ? line
        : [...line, punctuationFor(translator).open, ...note, punctuationFor(translator).close],
    ]),
  );
  groups(out, translator.text('page.section.details'), dossier.details);
  out.gap();
  pairs(
    out,
    dossier.colophon.map(({ title, lines }): [string, RunLine] => [title, lines[0] ?? []]),
  );
  return renderFullOnePage(page, columns, color, translator) + out.toString();
}

function checks(out: TextLines, { origin, checks: all }: Dossier, translator: Translator): void {
  out.heading(translator.text('page.section.checks'));
  out.put(toPlain(origin), { indent: 2 });
  const label = out.labelColumns(all.map((check) => check.label));
  let before = '';
  for (const check of all) {
    out.put(toPlain(check.word), {
      indent: 2,
      label: check.label === before ? '' : check.label,
      labelColumns: label,
      mark: MARKS[check.mark],
    });
    for (const note of check.notes) {
      out.put(toPlain(note), {
        indent: out.narrow ? 4 : 4 + label,
        style: 'dim',
        isUnbroken: isAddress(note),
      });
    }
    before = check.label;
  }
}

function whyMissing(out: TextLines, { whyMissing: all }: Dossier, translator: Translator): void {
  if (all.length === 0) return;
  out.heading(translator.text('page.section.whyMissing'));
  for (const { says, source } of all) {
    out.put(toPlain(says), { indent: 2 });
    out.put(toPlain(source), { indent: 4, style: 'dim' });
  }
}

function isAddress(line: RunLine): boolean {
  const [one] = line;
  return line.length === 1 && typeof one === 'object' && 'link' in one;
}

function simple(out: TextLines, title: string, lines: readonly RunLine[]): void {
  if (lines.length === 0) return;
  out.heading(title);
  for (const line of lines) out.put(toPlain(line), { indent: 2, hang: 2 });
}

function contradictions(out: TextLines, { contradictions: all }: ReportPage, translator: Translator): void {
  if (all.length === 0) return;
  out.heading(translator.text('page.section.contradictions'));
  for (const { statement, between } of all) {
    out.put(escapeTerminal(toPlainText(statement)), { indent: 2, mark: MARKS.contradiction });
    for (const line of between) out.put(toPlain(line), { indent: 4, style: 'dim' });
  }
}

/** The jurisdiction summaries are on the one page and not repeated here. */
function rules(out: TextLines, { heading, books }: RulesSection, translator: Translator): void {
  out.heading(heading);
  for (const { heading: kind, books: those } of groupByKind(books)) {
    if (kind !== undefined) out.put(kind, { indent: 2 });
    for (const book of those) ruleBook(out, book, translator);
  }
}

function ruleBook(
  out: TextLines,
  { title, edition, rows: all, rest, uncompared }: RulebookSection,
  translator: Translator,
): void {
  const { colon, semicolon } = punctuationFor(translator);
  out.put(toPlain([...title, ...(edition === undefined ? [] : [` · ${edition}`])]), {
    indent: 2,
    style: 'bold',
  });
  for (const row of all) rule(out, row, translator);
  for (const next of new Set(all.map((row) => row.next)))
    if (next !== undefined) out.put(`→ ${next}`, { indent: 4, hang: 2 });
  for (const { heading, rows } of rest) {
    const clauses = rows.map(({ clause }) => clause);
    out.put(escapeTerminal(`${heading}${colon}${clauses.join(semicolon)}`, 4_096), { indent: 4, hang: 2 });
  }
  if (uncompared !== undefined) out.put(escapeTerminal(uncompared, 4_096), { indent: 4, style: 'dim' });
  for (const address of new Set(all.map(({ reference }) => reference.address)))
    out.put(escapeTerminal(address), { indent: 4, style: 'dim', isUnbroken: true });
}

function rule(out: TextLines, row: RuleRow, translator: Translator): void {
  out.put(
    escapeTerminal(
      `${row.clause} ${toPlainText(row.title)}${punctuationFor(translator).colon}${row.outcome}${punctuationFor(translator).open}${row.dates}${punctuationFor(translator).close}`,
    ),
    { indent: 4 },
  );
  out.put(escapeTerminal(toPlainText(row.statement)), { indent: 6 });
  if (row.because.length === 0) return;
  out.put(
    escapeTerminal(
      `${row.becauseLabel}${punctuationFor(translator).colon}${row.because.map(({ id }) => id).join(', ')}`,
    ),
    {
      indent: 6,
      style: 'dim',
    },
  );
}

function tree(out: TextLines, { caution, nodes }: History, translator: Translator): void {
  if (nodes.length === 0) return;
  out.heading(translator.text('page.section.history'));
  if (caution !== undefined)
    out.put(`${escapeTerminal(caution)}${punctuationFor(translator).stop}`, { indent: 2 });
  for (const node of nodes) branch(out, node, 2);
}

function branch(out: TextLines, { line, notes, children }: TreeNode, indent: number): void {
  out.put(toPlain(line), { indent, hang: 2 });
  for (const note of notes) out.put(toPlain(note), { indent: indent + 2, hang: 2, style: 'dim' });
  for (const child of children) branch(out, child, indent + 2);
}

function rows(out: TextLines, title: string, all: readonly [string, RunLine][]): void {
  if (all.length === 0) return;
  out.heading(title);
  pairs(out, all, 2);
}

function pairs(out: TextLines, all: readonly [string, RunLine][], indent = 0): void {
  const labelColumns = out.labelColumns(all.map(([label]) => label));
  for (const [label, line] of all) out.put(toPlain(line), { indent, label, labelColumns });
}

function groups(out: TextLines, title: string, all: readonly LineGroup[]): void {
  if (all.length === 0) return;
  out.heading(title);
  for (const { title: name, lines } of all) {
    out.put(escapeTerminal(name), { indent: 2 });
    for (const line of lines) out.put(toPlain(line), { indent: 4, hang: 2, style: 'dim' });
  }
}
