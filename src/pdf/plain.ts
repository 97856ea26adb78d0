import PDFDocument from 'pdfkit';
import type { Block } from './blocks.js';
import { Fonts, fontName, LATIN_QUOTES, type Weight, weightOf } from './fonts.js';
import { SHEET, type Stamp } from './printable.js';
import { readable } from './readable.js';
import { Setting } from './setting.js';
import { type Placed, placed } from './sheets.js';

/** All in points, 1/72 inch. */
const MARGINS = { top: 51, left: 43, right: 43, bottom: 64 };
const FOOT = 7;
const SOFT = '#4a4f5a';
/** Page numbers, markers, and code points that are spelt out. */
const ALWAYS = '0123456789 /•.[U+ABCDEF]';
/** Of what has to go on one sheet, one after another until it does. */
const SCALES = [1, 0.92, 0.84, 0.76, 0.68, 0.6];

export interface Plain extends Stamp {
  blocks: readonly Block[];
}

/** The same words as on the page, set by a library: where there is no browser to print it. */
export async function plainPdf({
  title,
  language,
  footer,
  paper,
  oneSheet = false,
  madeAt,
  blocks: found,
}: Plain): Promise<Buffer> {
  const fonts = await Fonts.open(language);
  // What no font holds is spelt out in these, so they are learnt as well.
  await fonts.learn(`${footer}${ALWAYS}${found.map(textOf).join('')}`);
  const blocks = found.map((block) => readableBlock(block, fonts));
  const foot = readable(footer, fonts);
  const doc = new PDFDocument({
    size: SHEET[paper],
    // Every line is put in its place here; with margins the library would begin sheets of its own.
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Producer: 'Assay', Creator: 'Assay', ...(madeAt && { CreationDate: madeAt }) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  await registerFonts(doc, fonts, blocks, foot + ALWAYS);
  doc.addPage();
  const { width, height } = doc.page;
  const area = {
    left: MARGINS.left,
    top: MARGINS.top,
    width: width - MARGINS.left - MARGINS.right,
    height: height - MARGINS.top - MARGINS.bottom,
  };
  const setting = new Setting(doc, fonts);
  let lines: Placed[] = [];
  for (const scale of oneSheet ? SCALES : SCALES.slice(0, 1)) {
    lines = placed(blocks, area, (block, columns) => setting.linesOf(block, columns, scale));
    if (lines.every(({ sheet }) => sheet === 0)) break;
  }
  let sheet = 0;
  for (const one of lines) {
    for (; sheet < one.sheet; sheet += 1) doc.addPage();
    setting.draw(one);
  }
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

/** Last, when the number of sheets is known. */
function footers(doc: PDFKit.PDFDocument, fonts: Fonts, footer: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(start + page);
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
