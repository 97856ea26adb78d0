import PDFDocument from 'pdfkit';
import type { Block } from './blocks.js';
import { Fonts, fontName, LATIN_QUOTES, toWeight, type Weight } from './fonts.js';
import { layOutLines, type PlacedLine } from './page-layout.js';
import { PAPER_NAMES, type PrintStamp } from './printable.js';
import { toReadableText } from './readable-text.js';
import { Typesetter } from './typesetting.js';

/** All in points, 1/72 inch. */
const MARGINS = { top: 51, left: 43, right: 43, bottom: 64 };
const FOOTER_SIZE = 7;
const SOFT = '#4a4f5a';
/** Page numbers, markers, and code points that are spelt out. */
const ALWAYS_INCLUDED = '0123456789 /•.[U+ABCDEF]';
/** Scales tried in turn until the content fits on one sheet. */
const SCALES = [1, 0.92, 0.84, 0.76, 0.68, 0.6];

export interface PlainDocument extends PrintStamp {
  blocks: readonly Block[];
}

/** Sets the text of the page with a library, if there is no browser to print it. */
export async function renderPlainPdf({
  title,
  language,
  footer,
  paper,
  isOneSheet: oneSheet = false,
  madeAt,
  blocks: found,
}: PlainDocument): Promise<Buffer> {
  const fonts = await Fonts.open(language);
  // Characters that no font has are spelt out in these, so they are learnt as well.
  await fonts.learn(`${footer}${ALWAYS_INCLUDED}${found.map(blockText).join('')}`);
  const blocks = found.map((block) => toReadableBlock(block, fonts));
  const foot = toReadableText(footer, fonts);
  const doc = new PDFDocument({
    size: PAPER_NAMES[paper],
    // Every line is positioned here; with margins the library would begin its own sheets.
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
  await registerFonts(doc, fonts, blocks, foot + ALWAYS_INCLUDED);
  doc.addPage();
  const { width, height } = doc.page;
  const area = {
    left: MARGINS.left,
    top: MARGINS.top,
    width: width - MARGINS.left - MARGINS.right,
    height: height - MARGINS.top - MARGINS.bottom,
  };
  const setting = new Typesetter(doc, fonts);
  let lines: PlacedLine[] = [];
  for (const scale of oneSheet ? SCALES : SCALES.slice(0, 1)) {
    lines = layOutLines(blocks, area, (block, columns) => setting.linesOf(block, columns, scale));
    if (lines.every(({ sheet }) => sheet === 0)) break;
  }
  let sheet = 0;
  for (const one of lines) {
    for (; sheet < one.sheet; sheet += 1) doc.addPage();
    setting.draw(one);
  }
  drawFooters(doc, fonts, foot);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

const blockText = ({ spans }: Block): string => spans.map(({ text }) => text).join('');

function toReadableBlock(block: Block, fonts: Fonts): Block {
  return {
    ...block,
    spans: block.spans.map((span) => ({ ...span, text: toReadableText(span.text, fonts) })),
  };
}

/** Registers each font file once per weight, subset to the characters of the document. */
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
    for (const { text, bold } of block.spans) need(text, toWeight(bold));
    need(block.marker, 400);
  }
  for (const [key, { part, weight, characters }] of needed) {
    doc.registerFont(key, await fonts.subset(part, weight, [...characters].join('')));
  }
}

/** Called last, when the number of sheets is known. */
function drawFooters(doc: PDFKit.PDFDocument, fonts: Fonts, footer: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(start + page);
    const lines = [...footer.split('\n'), `${page + 1} / ${count}`];
    lines.forEach((line, index) => {
      const y = doc.page.height - MARGINS.bottom + 14 + index * (FOOTER_SIZE + 3);
      let x = MARGINS.left;
      for (const { part, text } of fonts.runs(line)) {
        if (part !== undefined) doc.font(fontName(part, 400)).fontSize(FOOTER_SIZE).fillColor(SOFT);
        doc.text(text, x, y, { lineBreak: false });
        x += doc.widthOfString(text);
      }
    });
  }
}
