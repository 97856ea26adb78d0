import { visible } from '../core/ground/visible.js';
import { type Check, MARKS } from '../core/renderers/check.js';
import { checksByLabel } from '../core/renderers/checks.js';
import { evidenceView, ON_PAGE } from '../core/renderers/evidence.js';
import { type FoldedNode, foldChains } from '../core/renderers/fold.js';
import type { Group } from '../core/renderers/groups.js';
import type { History } from '../core/renderers/history.js';
import { httpsAddress } from '../core/renderers/html-escape.js';
import { betweenWords, startOf } from '../core/renderers/html-history.js';
import type { Note } from '../core/renderers/html-notes.js';
import { hasKeptText, plainText, type Text } from '../core/renderers/kept-text.js';
import { marksOf } from '../core/renderers/marks.js';
import {
  behind,
  type Inspected,
  type NextStep,
  type OnePage,
  onePageOf,
} from '../core/renderers/one-page.js';
import { type Page, pageOf } from '../core/renderers/page.js';
import { cardLine, speaksOfParts } from '../core/renderers/part-cards.js';
import type { Book, RuleRow, RulesSection } from '../core/renderers/rules.js';
import type { Line, Run } from '../core/renderers/runs.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import { timeSaid } from '../say/amounts.js';
import type { Speech } from '../say/speech.js';
import { pdfLimits } from './pdf-limits.js';

/** Some words in one style. */
export interface Span {
  text: string;
  bold?: boolean;
  soft?: boolean;
  /** An https address. */
  link?: string | undefined;
}

/** One thing under another, as a sheet of paper has it. */
export interface Block {
  /** Of a heading. */
  level?: number;
  indent: number;
  /** Stands before it: of an item in a list. */
  marker: string;
  spans: Span[];
  /** With those around it that have it too in two columns, in smaller letters. */
  columns?: true;
  /** In smaller letters. */
  small?: true;
  /** With room before it. */
  apart?: true;
  /** On a sheet of its own, with what follows. */
  newSheet?: true;
}

export interface BlocksToo {
  notes: readonly Note[];
  evidence: EvidenceSheet | undefined;
  /** There are pictures, which stand in none of these. */
  withoutPictures: boolean;
  inspected?: Inspected | undefined;
}

/** A report's one page and, behind it, its whole record → blocks in reading order. */
export function blocksOf(report: Report, speech: Speech, beside: BlocksToo): Block[] {
  const { words } = speech;
  const page = pageOf(report, speech);
  const one = onePageOf(report, speech, beside.inspected);
  return [
    ...(hasKeptText(page) ? [text([words('page.phrase.keptWords')])] : []),
    ...onePage(one, report, speech),
    { ...heading(2, [words('page.section.dossier')]), newSheet: true as const },
    ...inColumns(dossier(behind(one, page), speech)),
    ...labelBytes(beside.evidence, speech),
    ...section(
      words('page.notes.heading'),
      beside.notes.flatMap((note, at) => noteBlocks(note, at, speech)),
    ),
    ...(beside.withoutPictures ? [text([words('page.picture.leftOutOfPrint')])] : []),
  ].slice(0, pdfLimits.blocks);
}

/** The one page by itself. */
export function onePageBlocks(
  report: Report,
  speech: Speech,
  { inspected, withoutPictures }: Pick<BlocksToo, 'inspected' | 'withoutPictures'>,
): Block[] {
  const page = pageOf(report, speech);
  return [
    ...(hasKeptText(page) ? [text([speech.words('page.phrase.keptWords')])] : []),
    ...onePage(onePageOf(report, speech, inspected), report, speech),
    ...(withoutPictures ? [text([speech.words('page.picture.leftOutOfPrint')])] : []),
  ];
}

function onePage(page: OnePage, report: Report, speech: Speech): Block[] {
  const { words } = speech;
  const { headline, fourFacts, contradictions, question, unread } = page;
  const titled = (
    name: 'say' | 'avoid' | 'next' | 'camera' | 'accounts' | 'law',
    inside: readonly Block[],
  ) => (inside.length === 0 ? [] : [heading(4, [words(`page.section.${name}`)]), ...inside]);
  const { open, close } = marksOf(speech);
  const file: Span[] = [{ text: visible(page.name) }, { text: ' ' }, ...spansOf(page.facts)];
  return [
    ...(headline === undefined
      ? [heading(1, [visible(page.name)]), text(spansOf(page.facts))]
      : [text(file.map(soft)), heading(1, [visible(headline, 4_096)])]),
    ...inColumns(fourFacts.map(({ line }) => text([bold(visible(line, 4_096))]))),
    ...(speaksOfParts(report) ? partBlocks(page, speech) : []),
    apart(text([visible(plainText(page.sentence), 4_096)])),
    ...(page.served === undefined ? [] : [text([visible(page.served, 4_096)])]),
    ...(contradictions.length === 0
      ? []
      : [
          text([
            `${MARKS.contradiction} ${words('page.section.contradictions')}${open}${contradictions.length}${close}`,
          ]),
        ]),
    ...titled(
      'say',
      page.say.map((one) => item([visible(one, 4_096)])),
    ),
    ...titled(
      'avoid',
      page.avoid.map((one) => item([visible(one, 4_096)])),
    ),
    ...titled(
      'next',
      page.next.map((step, at) => stepBlock(step, at, report)),
    ),
    ...(speaksOfParts(report) ? [] : partBlocks(page, speech)),
    ...(question === undefined
      ? []
      : [heading(4, [words('page.section.question')]), text([visible(question, 4_096)])]),
    ...inColumns([
      ...titled(
        'camera',
        page.camera.map((row) => cameraBlock(row, speech)),
      ),
      ...titled(
        'accounts',
        page.accounts.map((one) => text([visible(one, 4_096)])),
      ),
      ...titled(
        'law',
        page.lawInBrief.map((one) => item([visible(one, 4_096)])),
      ),
      ...(unread === undefined ? [] : [text([unread.line])]),
    ]),
    ...page.footer.map(({ title, lines }, at): Block => {
      const line = {
        ...text([soft(title), ...lines.flatMap((each) => [' ', ...spansOf(each)])]),
        small: true as const,
      };
      return at === 0 ? apart(line) : line;
    }),
  ];
}

/** Those with a card; the rest by their count. */
function partBlocks({ inside }: OnePage, speech: Speech): Block[] {
  if (inside === undefined || inside.shown.length === 0) return [];
  const { title, shown, rest, more } = inside;
  return [
    heading(4, [title]),
    ...shown.map((one) => item([visible(cardLine(one, speech), 4_096)])),
    ...(rest.length === 0 ? [] : [text([soft(more)])]),
  ];
}

const apart = (block: Block): Block => ({ ...block, apart: true });

const inColumns = (all: readonly Block[]): Block[] => all.map((one) => ({ ...one, columns: true }));

function stepBlock(
  { code, text: words, address }: NextStep,
  at: number,
  { contentCredentials }: Report,
): Block {
  const { remoteUrl } = contentCredentials;
  const href = address === undefined ? undefined : httpsAddress(address);
  const where: Words[] = [
    ...(href === undefined ? [] : [' ', { text: visible(href), link: href }]),
    ...(code === 'fetch-elsewhere' && remoteUrl !== undefined ? [` ${visible(remoteUrl, 300)}`] : []),
  ];
  return text([visible(words, 4_096), ...where], 1, `${at + 1}.`);
}

function cameraBlock({ label, line, map }: OnePage['camera'][number], { words }: Speech): Block {
  const href = map === undefined ? undefined : httpsAddress(map);
  const mapped: Words[] =
    href === undefined ? [] : [` ${words('page.camera.map')} `, { text: visible(href), link: href }];
  return text([soft(label), ' ', ...spansOf(line), ...mapped]);
}

/** Folded parts are open; tables become their rows, one under another. */
function dossier(page: Page, speech: Speech): Block[] {
  const { words } = speech;
  const { history, rules } = page;
  return [
    ...section(words('page.section.contradictions'), page.contradictions.flatMap(contradiction)),
    ...section(words('page.section.checks'), [
      text(spansOf(page.origin)),
      ...checksByLabel(page.checks).flatMap(checkBlocks),
    ]),
    ...section(
      words('page.section.whyMissing'),
      page.whyMissing.map(({ says, source }) => item([...spansOf(says), ' ', ...spansOf(source).map(soft)])),
    ),
    ...section(
      words('page.section.parts'),
      page.parts.map((line) => item(spansOf(line))),
    ),
    ...section(words('page.section.history'), historyBlocks(history, speech)),
    ...section(words('page.section.times'), times(page, speech)),
    ...(rules === undefined ? [] : section(rules.heading, lawBlocks(rules, speech))),
    ...section(words('page.section.details'), definitions(page.details)),
    ...definitions(page.colophon),
  ];
}

type Words = string | Span;

const bold = (words: Words): Span => ({ ...asSpan(words), bold: true });
const soft = (words: Words): Span => ({ ...asSpan(words), soft: true });
const asSpan = (words: Words): Span => (typeof words === 'string' ? { text: words } : words);

const text = (words: readonly Words[], indent = 0, marker = ''): Block => ({
  indent: Math.min(indent, pdfLimits.indents),
  marker,
  spans: tidy(words.map(asSpan)),
});
const item = (words: readonly Words[], indent = 1): Block => text(words, indent, '•');
const heading = (level: number, words: readonly Words[]): Block => ({ ...text(words.map(bold)), level });
const section = (title: string, inside: readonly Block[]): Block[] =>
  inside.length === 0 ? [] : [heading(3, [title]), ...inside];
const labelled = (label: string, words: readonly Words[]): Block => text([soft(`${label}: `), ...words], 1);

const spansOf = (line: Line): Span[] => line.map(spanOf);

function spanOf(one: Run): Span {
  if (typeof one === 'string') return { text: visible(one) };
  if ('file' in one) return { text: visible(one.file, one.most) };
  if ('english' in one) return { text: visible(one.english) };
  if ('code' in one) return { text: visible(one.code) };
  return { text: visible(one.text), link: 'link' in one ? httpsAddress(one.link) : undefined };
}

const kept = (words: Text): string => visible(plainText(words));

function contradiction({ statement, between }: Page['contradictions'][number]): Block[] {
  return [
    item([`${MARKS.contradiction} ${kept(statement)}`]),
    ...between.map((line) => item(spansOf(line), 2)),
  ];
}

function checkBlocks({ label, rows }: { label: string; rows: readonly Check[] }): Block[] {
  const values = rows.flatMap(({ mark, word, notes }) => [
    text([`${MARKS[mark]} `, ...spansOf(word)], 1),
    ...notes.map((note) => text(spansOf(note), 1)),
  ]);
  return [text([bold(label)]), ...values];
}

/** Clauses that say something of this file; the rest is one line of counts a rulebook. */
function lawBlocks({ lines, books }: RulesSection, speech: Speech): Block[] {
  return [
    ...lines.map((line) => item([visible(line, 4_096)])),
    ...books.filter(({ rows }) => rows.length > 0).flatMap((each) => book(each, speech)),
    ...books
      .filter(({ rows }) => rows.length === 0)
      .map(({ title, counts }) => item([...spansOf(title), ' ', soft(counts)])),
  ];
}

function book({ title, counts, rows, edition, uncompared }: Book, speech: Speech): Block[] {
  const about = [edition, uncompared].filter((part) => part !== undefined).join(' · ');
  return [
    heading(4, spansOf(title)),
    text([soft(counts)]),
    ...rows.flatMap((row) => ruleRow(row, speech)),
    ...(about === '' ? [] : [text([soft(visible(about, 4_096))])]),
  ];
}

function ruleRow(row: RuleRow, { words }: Speech): Block[] {
  const { clause, reference, outcome, next, because, becauseLabel, unread } = row;
  const colon = words('page.mark.colon');
  const before = unread ? [becauseLabel + colon] : [];
  return [
    labelled(words('page.phrase.clause'), [
      spanOf({ link: reference.address, text: clause }),
      ` ${kept(row.title)} `,
      soft(row.dates),
    ]),
    labelled(words('page.phrase.finding'), [
      bold(outcome + colon),
      kept(row.statement),
      ...(next === undefined ? [] : [` ${next}`]),
    ]),
    labelled(words('page.phrase.because'), because.length === 0 ? ['–'] : before),
    ...because.map(({ id, meaning }) => item([`${meaning} ${id}`], 2)),
  ];
}

function historyBlocks({ caution, nodes }: History, speech: Speech): Block[] {
  const tree = nodes.flatMap((node) => branch(foldChains(node), 1, speech));
  return caution === undefined ? tree : [text([bold(caution)]), ...tree];
}

function branch({ line, notes, middle, children }: FoldedNode, indent: number, speech: Speech): Block[] {
  const chain =
    middle === undefined
      ? []
      : [
          item([bold(betweenWords(middle, speech))], indent + 1),
          ...middle.steps.flatMap((step) => branch(step, indent + 2, speech)),
          ...branch(startOf(middle, speech), indent + 1, speech),
        ];
  return [
    item(spansOf(line), indent),
    ...notes.map((note) => item(spansOf(note), indent + 1)),
    ...chain,
    ...children.flatMap((child) => branch(child, indent + 1, speech)),
  ];
}

const times = ({ times: rows }: Page, { words }: Speech): Block[] =>
  rows.flatMap(({ label, line, note }) => [
    text([bold(label)]),
    labelled(words('page.phrase.time'), spansOf(line)),
    labelled(words('page.phrase.timeBacking'), spansOf(note)),
  ]);

const definitions = (groups: readonly Group[]): Block[] =>
  groups.flatMap(({ title, lines }) => [text([bold(title)]), ...lines.map((line) => text(spansOf(line), 1))]);

function labelBytes(sheet: EvidenceSheet | undefined, speech: Speech): Block[] {
  const view = sheet && evidenceView(sheet, speech, ON_PAGE);
  if (view === undefined || view.count === 0) return [];
  return section(speech.words('page.evidence.heading'), [
    text([speech.words('page.evidence.leftOut')]),
    ...view.labels.flatMap(({ caption, lines }) => [
      text(spansOf(caption)),
      ...(lines.length === 0 ? [] : [text(onLines(lines.map((line) => visible(line))))]),
    ]),
  ]);
}

function noteBlocks({ text: note, by, at }: Note, index: number, speech: Speech): Block[] {
  const who = by === undefined ? '' : ` ${visible(by)}`;
  const time = soft(speech.say(timeSaid(at)));
  return [
    text([`${speech.words('page.notes.by')}${who} `, time], 1, `${index + 1}.`),
    text(onLines(note.split('\n').map((line) => visible(line, 4_096))), 1),
  ];
}

const onLines = (all: readonly string[]): string[] =>
  all.flatMap((line, at) => (at === 0 ? [line] : ['\n', line]));

/** Without the blanks at either end, and with one where several meet, as a page shows them. */
function tidy(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const words = span.text === '\n' ? span.text : span.text.replace(/ +/g, ' ');
    const before = out.at(-1);
    const glued = before === undefined || /\s$/.test(before.text) ? words.trimStart() : words;
    if (glued !== '') out.push({ ...span, text: glued });
  }
  const last = out.pop();
  return last === undefined ? [] : [...out, { ...last, text: last.text.trimEnd() }];
}
