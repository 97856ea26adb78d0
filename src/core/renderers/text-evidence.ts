import { type Speech, speechOf } from '../../say/speech.js';
import { escapeTerminal } from '../ground/terminal-text.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import { evidenceView, IN_TERMINAL } from './evidence.js';
import { marksOf } from './marks.js';
import { TextLines } from './text-lines.js';
import { columnsOf, plain, type TextOptions } from './text-plain.js';

/** A file's fields and the bytes of its labels for a terminal. Pure. */
export function renderEvidenceText(
  sheet: EvidenceSheet,
  { color, width }: TextOptions,
  speech: Speech = speechOf('en'),
): string {
  const out = new TextLines(columnsOf(width), color);
  const { count, tables, labels } = evidenceView(sheet, speech, IN_TERMINAL);
  const marks = marksOf(speech);
  out.put(escapeTerminal(sheet.asset.name), { style: 'bold' });
  out.put(`sha256 ${escapeTerminal(sheet.asset.sha256)}`, { style: 'dim', whole: true });
  out.heading(speech.words('page.evidence.heading'));
  out.put(count === 0 ? speech.words('page.evidence.none') : speech.words('page.evidence.about'), {
    indent: 2,
  });
  for (const { caption, lines } of labels) {
    out.gap();
    out.put(plain(caption), { indent: 2, hang: 2 });
    for (const line of lines) out.put(escapeTerminal(line), { indent: 4, whole: true });
  }
  for (const { title, rows, more } of tables) {
    out.gap();
    out.put(title, { indent: 2, style: 'bold' });
    for (const { place, byte, value } of rows) {
      const where =
        byte === undefined
          ? ''
          : `${marks.open}${speech.words('page.phrase.byte', { offset: byte })}${marks.close}`;
      out.put(`${plain([{ file: place, most: 512 }])}${where}${marks.colon}${plain(value)}`, {
        indent: 4,
        hang: 2,
      });
    }
    if (more !== undefined) out.put(more, { indent: 4, style: 'dim' });
  }
  return out.toString();
}
