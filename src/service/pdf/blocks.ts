import { showText } from '../../base/visible.js';
import { type Check, MARKS } from '../../core/page/check.js';
import { groupByLabel } from '../../core/page/checks.js';
import { type DisplayText, toPlainText } from '../../core/page/display-text.js';
import type { Dossier } from '../../core/page/dossier.js';
import type { RenderedEvidence } from '../../core/page/evidence.js';
import type { LineGroup } from '../../core/page/groups.js';
import { type FoldedNode, foldChains } from '../../core/page/history/fold.js';
import type { History } from '../../core/page/history/history.js';
import type { Strip } from '../../core/page/history/strip.js';
import {
  groupByKind,
  type RulebookSection,
  type RuleRow,
  type RulesSection,
} from '../../core/page/law/rules.js';
import { punctuationFor } from '../../core/page/marks.js';
import type { ReportPage } from '../../core/page/page.js';
import { formatCardLine } from '../../core/page/part-cards.js';
import type { RunLine, TextRun } from '../../core/page/runs.js';
import type { NextStep } from '../../core/page/steps.js';
import { httpsAddress } from '../../core/renderers/html/escape.js';
import { betweenWords, startOf } from '../../core/renderers/html/history.js';
import type { Note } from '../../core/renderers/html/notes.js';
import { timeMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import { pdfLimits } from './pdf-limits.js';

/** Text in one style. */
export interface Span {
  text: string;
  bold?: boolean;
  soft?: boolean;
  /** An https address. */
  link?: string | undefined;
}

/** A paragraph, heading or list item of the document. */
export interface Block {
  /** Level of a heading. */
  level?: number;
  indent: number;
  /** Marker of a list item. */
  marker: string;
  spans: Span[];
  /** Set in two columns of smaller type, together with adjacent blocks that have this flag. */
  columns?: true;
  /** Smaller type. */
  small?: true;
  /** Extra space before it. */
  hasSpaceBefore?: true;
  /** Begins a new sheet. */
  newSheet?: true;
}

export interface BlockOptions {
  notes: readonly Note[];
  /** States that pictures exist, which the document does not contain. */
  withoutPictures: boolean;
}

/** Returns the one-page summary and, behind it, the whole record, as blocks in reading order. */
export function buildBlocks(page: ReportPage, translator: Translator, options: BlockOptions): Block[] {
  const { text: words } = translator;
  return [
    ...englishNotice(page, translator),
    ...onePage(page, translator),
    { ...heading(2, [words('page.section.dossier')]), newSheet: true as const },
    ...inColumns(recordBlocks(page, translator)),
    ...labelBytes(page.dossier.evidence, translator),
    ...section(
      words('page.notes.heading'),
      options.notes.flatMap((note, at) => noteBlocks(note, at, translator)),
    ),
    ...(options.withoutPictures ? [text([words('page.picture.leftOutOfPrint')])] : []),
  ].slice(0, pdfLimits.blocks);
}

/** Returns the one-page summary alone. */
export const buildOnePageBlocks = (
  page: ReportPage,
  translator: Translator,
  { withoutPictures }: Pick<BlockOptions, 'withoutPictures'>,
): Block[] => [
  ...englishNotice(page, translator),
  ...onePage(page, translator),
  ...(withoutPictures ? [text([translator.text('page.picture.leftOutOfPrint')])] : []),
];

const englishNotice = ({ isPartlyEnglish }: ReportPage, translator: Translator): Block[] =>
  isPartlyEnglish ? [text([translator.text('page.phrase.englishTexts')])] : [];

function onePage(page: ReportPage, translator: Translator): Block[] {
  const { text: words } = translator;
  const { headline, contradictions, question, unread } = page;
  const titled = (
    name:
      | 'history'
      | 'times'
      | 'say'
      | 'caption'
      | 'avoid'
      | 'next'
      | 'question'
      | 'camera'
      | 'accounts'
      | 'law',
    inside: readonly Block[],
  ) => (inside.length === 0 ? [] : [heading(4, [words(`page.section.${name}`)]), ...inside]);
  const { open, close } = punctuationFor(translator);
  const file: Span[] = [{ text: showText(page.name) }, { text: ' ' }, ...lineSpans(page.about)];
  return [
    ...(headline === undefined
      ? [heading(1, [showText(page.name)]), text(lineSpans(page.about))]
      : [text(file.map(soft)), heading(1, [showText(headline, 4_096)])]),
    ...inColumns(page.facts.map(({ line }) => text([bold(showText(line, 4_096))]))),
    apart(text([showText(toPlainText(page.sentence), 4_096)])),
    ...(page.served === undefined ? [] : [text([showText(page.served, 4_096)])]),
    ...(contradictions.length === 0
      ? []
      : [
          text([
            `${MARKS.contradiction} ${words('page.section.contradictions')}${open}${contradictions.length}${close}`,
          ]),
        ]),
    ...partBlocks(page, translator),
    ...titled('history', page.strip === undefined ? [] : stripBlocks(page.strip)),
    ...titled('times', page.times.map(timeBlock)),
    ...titled(
      'say',
      page.say.map((one) => item([showText(one, 4_096)])),
    ),
    ...titled('caption', page.caption === undefined ? [] : [item([showText(page.caption, 4_096)])]),
    ...titled(
      'avoid',
      page.avoid.map((one) => item([showText(one, 4_096)])),
    ),
    ...titled(
      'next',
      page.next.map((step, at) => stepBlock(step, at)),
    ),
    ...titled('question', question === undefined ? [] : [text([showText(question, 4_096)])]),
    ...inColumns([
      ...titled(
        'camera',
        page.camera.map((row) => cameraBlock(row, translator)),
      ),
      ...titled(
        'accounts',
        page.accounts.map((one) => text([showText(one, 4_096)])),
      ),
      ...titled(
        'law',
        page.lawInBrief.flat().map((one) => item([showText(one, 4_096)])),
      ),
      ...(unread === undefined ? [] : [text([unread.line])]),
    ]),
    ...page.footer.map(({ title, lines }, at): Block => {
      const line = {
        ...text([soft(title), ...lines.flatMap((each) => [' ', ...lineSpans(each)])]),
        small: true as const,
      };
      return at === 0 ? apart(line) : line;
    }),
  ];
}

/** Renders the parts that have a card, and the number of the others. */
function partBlocks({ inside }: ReportPage, translator: Translator): Block[] {
  if (inside === undefined || inside.shown.length === 0) return [];
  const { title, shown, rest, more } = inside;
  return [
    heading(4, [title]),
    ...shown.map((one) => item([showText(formatCardLine(one, translator), 4_096)])),
    ...(rest.length === 0 ? [] : [text([soft(more)])]),
  ];
}

/** Renders the chain of earlier versions: a line of its step, and its facts below it. */
function stripBlocks({ caution, steps }: Strip): Block[] {
  return [
    ...(caution === undefined ? [] : [text([caution])]),
    ...steps.flatMap(({ title, lines }) => [
      item(lineSpans(title).map(bold)),
      ...lines.map((line) => text(lineSpans(line), 1)),
    ]),
  ];
}

function timeBlock({ when, label, odd }: ReportPage['times'][number]): Block {
  const marked = odd === undefined ? [] : [` ${MARKS.contradiction} ${showText(odd, 4_096)}`];
  return text([...lineSpans(when).map(bold), ' ', ...lineSpans(label), ...marked]);
}

const apart = (block: Block): Block => ({ ...block, hasSpaceBefore: true });

const inColumns = (all: readonly Block[]): Block[] => all.map((one) => ({ ...one, columns: true }));

function stepBlock({ text: words, act }: NextStep, at: number): Block {
  const { address } = act.is === 'open' || act.is === 'search' ? act : {};
  const href = address === undefined ? undefined : httpsAddress(address);
  const where: Words[] = [
    ...(href === undefined ? [] : [' ', { text: showText(href), link: href }]),
    ...(act.is === 'give-credentials' && act.address !== undefined ? [` ${showText(act.address, 300)}`] : []),
  ];
  return text([showText(words, 4_096), ...where], 1, `${at + 1}.`);
}

function cameraBlock({ label, line, map }: ReportPage['camera'][number], { text: words }: Translator): Block {
  const href = map === undefined ? undefined : httpsAddress(map);
  const mapped: Words[] =
    href === undefined ? [] : [` ${words('page.camera.map')} `, { text: showText(href), link: href }];
  return text([soft(label), ' ', ...lineSpans(line), ...mapped]);
}

/** Renders the whole record: folded parts are open, and tables become lists of their rows. */
function recordBlocks({ dossier: page, contradictions }: ReportPage, translator: Translator): Block[] {
  const { text: words } = translator;
  const { history, rules } = page;
  return [
    ...section(words('page.section.contradictions'), contradictions.flatMap(contradiction)),
    ...section(words('page.section.checks'), [
      text(lineSpans(page.origin)),
      ...groupByLabel(page.checks).flatMap(checkBlocks),
    ]),
    ...section(
      words('page.section.whyMissing'),
      page.whyMissing.map(({ says, source }) =>
        item([...lineSpans(says), ' ', ...lineSpans(source).map(soft)]),
      ),
    ),
    ...section(
      words('page.section.parts'),
      page.parts.map((line) => item(lineSpans(line))),
    ),
    ...section(words('page.section.history'), historyBlocks(history, translator)),
    ...section(words('page.section.times'), times(page, translator)),
    ...(rules === undefined ? [] : section(rules.heading, lawBlocks(rules, translator))),
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
  spans: collapseSpaces(words.map(asSpan)),
});
const item = (words: readonly Words[], indent = 1): Block => text(words, indent, '•');
const heading = (level: number, words: readonly Words[]): Block => ({ ...text(words.map(bold)), level });
const section = (title: string, inside: readonly Block[]): Block[] =>
  inside.length === 0 ? [] : [heading(3, [title]), ...inside];
const labelled = (label: string, words: readonly Words[]): Block => text([soft(`${label}: `), ...words], 1);

const lineSpans = (line: RunLine): Span[] => line.map(toSpan);

function toSpan(one: TextRun): Span {
  if (typeof one === 'string') return { text: showText(one) };
  if ('file' in one) return { text: showText(one.file, one.most) };
  if ('english' in one) return { text: showText(one.english) };
  if ('code' in one) return { text: showText(one.code) };
  return { text: showText(one.text), link: 'link' in one ? httpsAddress(one.link) : undefined };
}

const textBlock = (words: DisplayText): string => showText(toPlainText(words));

function contradiction({ statement, between }: ReportPage['contradictions'][number]): Block[] {
  return [
    item([`${MARKS.contradiction} ${textBlock(statement)}`]),
    ...between.map((line) => item(lineSpans(line), 2)),
  ];
}

function checkBlocks({ label, rows }: { label: string; rows: readonly Check[] }): Block[] {
  const values = rows.flatMap(({ mark, word, notes }) => [
    text([`${MARKS[mark]} `, ...lineSpans(word)], 1),
    ...notes.map((note) => text(lineSpans(note), 1)),
  ]);
  return [text([bold(label)]), ...values];
}

/** Renders the clauses that apply to this file; the others are one line of counts per rulebook. */
function lawBlocks({ lines, books }: RulesSection, translator: Translator): Block[] {
  return [
    ...lines.map((line) => item([showText(line, 4_096)])),
    ...groupByKind(books).flatMap(({ heading: kind, books: those }) => [
      ...(kind === undefined ? [] : [text([bold(kind)])]),
      ...those.filter(({ rows }) => rows.length > 0).flatMap((each) => book(each, translator)),
      ...those
        .filter(({ rows }) => rows.length === 0)
        .map(({ title, counts }) => item([...lineSpans(title), ' ', soft(counts)])),
    ]),
  ];
}

function book(
  { title, counts, rows, edition, uncompared }: RulebookSection,
  translator: Translator,
): Block[] {
  const about = [edition, uncompared].filter((part) => part !== undefined).join(' · ');
  return [
    heading(4, lineSpans(title)),
    text([soft(counts)]),
    ...rows.flatMap((row) => ruleRow(row, translator)),
    ...(about === '' ? [] : [text([soft(showText(about, 4_096))])]),
  ];
}

function ruleRow(row: RuleRow, { text: words }: Translator): Block[] {
  const { clause, reference, outcome, next, because, becauseLabel, unread } = row;
  const colon = words('page.mark.colon');
  const before = unread ? [becauseLabel + colon] : [];
  return [
    labelled(words('page.phrase.clause'), [
      toSpan({ link: reference.address, text: clause }),
      ` ${textBlock(row.title)} `,
      soft(row.dates),
    ]),
    labelled(words('page.phrase.finding'), [
      bold(outcome + colon),
      textBlock(row.statement),
      ...(next === undefined ? [] : [` ${next}`]),
    ]),
    labelled(words('page.phrase.because'), because.length === 0 ? ['–'] : before),
    ...because.map(({ id, meaning }) => item([`${meaning} ${id}`], 2)),
  ];
}

function historyBlocks({ caution, nodes }: History, translator: Translator): Block[] {
  const tree = nodes.flatMap((node) => branch(foldChains(node), 1, translator));
  return caution === undefined ? tree : [text([bold(caution)]), ...tree];
}

function branch(
  { line, notes, middle, children }: FoldedNode,
  indent: number,
  translator: Translator,
): Block[] {
  const chain =
    middle === undefined
      ? []
      : [
          item([bold(betweenWords(middle, translator))], indent + 1),
          ...middle.steps.flatMap((step) => branch(step, indent + 2, translator)),
          ...branch(startOf(middle, translator), indent + 1, translator),
        ];
  return [
    item(lineSpans(line), indent),
    ...notes.map((note) => item(lineSpans(note), indent + 1)),
    ...chain,
    ...children.flatMap((child) => branch(child, indent + 1, translator)),
  ];
}

const times = ({ times: rows }: Dossier, { text: words }: Translator): Block[] =>
  rows.flatMap(({ label, line, note }) => [
    text([bold(label)]),
    labelled(words('page.phrase.time'), lineSpans(line)),
    labelled(words('page.phrase.timeBacking'), lineSpans(note)),
  ]);

const definitions = (groups: readonly LineGroup[]): Block[] =>
  groups.flatMap(({ title, lines }) => [
    text([bold(title)]),
    ...lines.map((line) => text(lineSpans(line), 1)),
  ]);

function labelBytes(view: RenderedEvidence | undefined, translator: Translator): Block[] {
  if (view === undefined || view.count === 0) return [];
  return section(translator.text('page.evidence.heading'), [
    text([translator.text('page.evidence.leftOut')]),
    ...view.labels.flatMap(({ caption, lines }) => [
      text(lineSpans(caption)),
      ...(lines.length === 0 ? [] : [text(onLines(lines.map((line) => showText(line))))]),
    ]),
  ]);
}

function noteBlocks({ text: note, by, at }: Note, index: number, translator: Translator): Block[] {
  const who = by === undefined ? '' : ` ${showText(by)}`;
  const time = soft(translator.translate(timeMessage(at)));
  return [
    text([`${translator.text('page.notes.by')}${who} `, time], 1, `${index + 1}.`),
    text(onLines(note.split('\n').map((line) => showText(line, 4_096))), 1),
  ];
}

const onLines = (all: readonly string[]): string[] =>
  all.flatMap((line, at) => (at === 0 ? [line] : ['\n', line]));

/** Trims the text and collapses spaces, as HTML does. */
function collapseSpaces(spans: readonly Span[]): Span[] {
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
