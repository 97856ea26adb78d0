import PDFDocument from 'pdfkit';
import type { Block, Span } from './blocks.js';
import { Fonts, LATIN_QUOTES, type Weight } from './fonts.js';
import { SHEET, type Stamp } from './printable.js';
import { readable } from './readable.js';

/** All in points, 1/72 inch. */
const MARGINS = { top: 51, left: 43, right: 43, bottom: 64 };
const INDENT = 14;
const BODY = 9.5;
const FOOT = 7;
const HEADINGS: readonly number[] = [18, 15, 12.5, 11, 10, 10];
const INK = '#16181d';
const SOFT = '#4a4f5a';
const LINK = '#1f4e8c';
const LINE_GAP = 1.6;
/** Of Noto Sans SC, in em. Given for every piece, so that pieces in another font stand on the same line. */
const ASCENT = 1.16;
/** Page numbers, markers, and code points that are spelt out. */
const ALWAYS = '0123456789 /•.[U+ABCDEF]';

export interface Plain extends Stamp {
  blocks: readonly Block[];
}

/** The same words as on the page, set by a library: where there is no browser to print it. */
export async function plainPdf({ title, language, footer, paper, blocks: found }: Plain): Promise<Buffer> {
  const fonts = await Fonts.open(language);
  // What no font holds is spelt out in these, so they are learnt as well.
  await fonts.learn(`${footer}${ALWAYS}${found.map(textOf).join('')}`);
  const blocks = found.map((block) => readableBlock(block, fonts));
  const foot = readable(footer, fonts);
  const doc = new PDFDocument({
    size: SHEET[paper],
    margins: MARGINS,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Producer: 'Assay', Creator: 'Assay' },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  await registerFonts(doc, fonts, blocks, foot + ALWAYS);
  for (const block of blocks) draw(doc, fonts, block);
  footers(doc, fonts, foot);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

const textOf = ({ spans }: Block): string => spans.map(({ text }) => text).join('');

function readableBlock(block: Block, fonts: Fonts): Block {
  return { ...block, spans: block.spans.map((span) => ({ ...span, text: readable(span.text, fonts) })) };
}

/** Each part of the font once a weight, with just the characters that stand in the document. */
async function registerFonts(
  doc: PDFKit.PDFDocument,
  fonts: Fonts,
  blocks: readonly Block[],
  always: string,
): Promise<void> {
  const needed = new Map<string, { part: string; weight: Weight; characters: Set<string> }>();
  const need = (text: string, weight: Weight) => {
    for (const { part, text: run } of fonts.runs(text)) {
      if (part === undefined || part === LATIN_QUOTES) continue;
      const key = fontName(part, weight);
      const entry = needed.get(key) ?? { part, weight, characters: new Set<string>() };
      for (const character of run) entry.characters.add(character);
      needed.set(key, entry);
    }
  };
  need(always, 400);
  for (const block of blocks) {
    for (const { text, bold } of block.spans) need(text, weightOf(bold));
    need(block.marker, 400);
  }
  for (const [key, { part, weight, characters }] of needed) {
    doc.registerFont(key, await fonts.cut(part, weight, [...characters].join('')));
  }
}

const weightOf = (bold = false): Weight => (bold ? 700 : 400);
const fontName = (part: string, weight: Weight): string =>
  part === LATIN_QUOTES ? (weight === 700 ? `${part}-Bold` : part) : `${part}/${weight}`;

function draw(doc: PDFKit.PDFDocument, fonts: Fonts, block: Block): void {
  const { left, right } = MARGINS;
  const width = doc.page.width - left - right;
  if (block.level !== undefined) {
    const size = HEADINGS[block.level - 1] ?? BODY;
    doc.moveDown(block.level <= 2 ? 0.3 : 0.8);
    // A heading alone at the foot of a page leads to nothing.
    if (doc.y > doc.page.height - MARGINS.bottom - size * 4) doc.addPage();
    doc.x = left;
    spans(doc, fonts, block.spans, size, width);
    doc.moveDown(0.2);
    return;
  }
  const indent = block.indent * INDENT;
  if (doc.y > doc.page.height - MARGINS.bottom - BODY * 1.5) doc.addPage();
  if (block.marker !== '') {
    const top = doc.y;
    for (const { part, text } of fonts.runs(block.marker)) {
      if (part !== undefined) doc.font(fontName(part, 400)).fontSize(BODY).fillColor(SOFT);
      doc.text(text, left + indent - INDENT, top, { lineBreak: false });
    }
    doc.y = top;
  }
  doc.x = left + indent;
  spans(doc, fonts, block.spans, BODY, width - indent);
  doc.moveDown(0.15);
}

/** One paragraph in several fonts: all but the last piece say that more follows. */
function spans(
  doc: PDFKit.PDFDocument,
  fonts: Fonts,
  all: readonly Span[],
  size: number,
  width: number,
): void {
  const pieces = all.flatMap((span) => fonts.runs(span.text).map(({ part, text }) => ({ span, part, text })));
  pieces.forEach(({ span, part, text }, index) => {
    if (part !== undefined) doc.font(fontName(part, weightOf(span.bold)));
    const own = span.soft ? size - 1 : size;
    doc.fontSize(own).fillColor(span.link ? LINK : span.soft ? SOFT : INK);
    doc.text(text, {
      width,
      lineGap: LINE_GAP,
      baseline: -ASCENT * size,
      continued: index < pieces.length - 1,
      link: span.link ?? null,
      underline: span.link !== undefined,
    });
  });
}

/** Last, when the number of pages is known. Outside the margins, where the flow of text never comes. */
function footers(doc: PDFKit.PDFDocument, fonts: Fonts, footer: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(start + page);
    // A text below the margin would otherwise begin a new page.
    doc.page.margins.bottom = 0;
    const lines = [...footer.split('\n'), `${page + 1} / ${count}`];
    lines.forEach((line, index) => {
      const y = doc.page.height - MARGINS.bottom + 14 + index * (FOOT + 3);
      let x = MARGINS.left;
      for (const { part, text } of fonts.runs(line)) {
        if (part !== undefined) doc.font(fontName(part, 400)).fontSize(FOOT).fillColor(SOFT);
        doc.text(text, x, y, { lineBreak: false });
        x += doc.widthOfString(text);
      }
    });
  }
}
