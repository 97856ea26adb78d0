import { escapeTerminal } from '../../../base/terminal-text.js';
import { type Translator, translatorFor } from '../../../i18n/translator.js';
import { IN_TERMINAL, renderEvidence } from '../../page/evidence.js';
import { punctuationFor } from '../../page/marks.js';
import type { EvidenceView } from '../../report/evidence-view.js';
import { type TextOptions, toColumns, toPlain } from './plain.js';
import { TextLines } from './text-lines.js';

/** Renders a file's fields and the bytes of its labels for a terminal. Pure. */
export function renderEvidenceText(
  view: EvidenceView,
  { color, width }: TextOptions,
  translator: Translator = translatorFor('en'),
): string {
  const out = new TextLines(toColumns(width), color);
  const { count, tables, labels } = renderEvidence(view, translator, IN_TERMINAL);
  const marks = punctuationFor(translator);
  out.put(escapeTerminal(view.asset.name), { style: 'bold' });
  out.put(`sha256 ${escapeTerminal(view.asset.sha256)}`, { style: 'dim', isUnbroken: true });
  out.heading(translator.text('page.evidence.heading'));
  out.put(count === 0 ? translator.text('page.evidence.none') : translator.text('page.evidence.about'), {
    indent: 2,
  });
  for (const { caption, lines } of labels) {
    out.gap();
    out.put(toPlain(caption), { indent: 2, hang: 2 });
    for (const line of lines) out.put(escapeTerminal(line), { indent: 4, isUnbroken: true });
  }
  for (const { title, rows, more } of tables) {
    out.gap();
    out.put(title, { indent: 2, style: 'bold' });
    for (const { locator, byte, value } of rows) {
      const where =
        byte === undefined
          ? ''
          : `${marks.open}${translator.text('page.phrase.byte', { offset: byte })}${marks.close}`;
      out.put(`${toPlain([{ file: locator, most: 512 }])}${where}${marks.colon}${toPlain(value)}`, {
        indent: 4,
        hang: 2,
      });
    }
    if (more !== undefined) out.put(more, { indent: 4, style: 'dim' });
  }
  return out.toString();
}
