import { Compile } from 'typebox/compile';

const { ReportSchema } = await import('../dist/core/report.js');
const { renderText } = await import('../dist/core/renderers/text.js');
const { renderHtml } = await import('../dist/core/renderers/html.js');

const schema = Compile(ReportSchema);

/** A Report longer than this is refused by the pool. */
const REPORT_CHARACTERS = 16 * 1024 ** 2;
/** Rendering takes longer than most reading: some of them. */
const RENDERED = 16;
/** All that a terminal would act on but the line feed, and what turns or hides text. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;
const MARKUP = /<script|<iframe|<img|<svg[\s/]*onload|<base|<meta|<form|\son\w+\s*=\s*["']?globalThis/i;

/** What is wrong with a Report whatever the file is; nothing where all holds. */
export function wrongIn(report, { number }) {
  const findings = [];
  const find = (kind, detail) => findings.push({ kind, detail });
  if (!schema.Check(report)) find('not-a-report', '');
  const text = JSON.stringify(report);
  if (text.length > REPORT_CHARACTERS) find('report-too-long', `${text.length} characters`);
  for (const [carrier, read] of Object.entries(report.reads)) {
    // A reader never throws for what a file holds.
    if (read.code === 'reader.error') find('reader-threw', `${carrier}: ${read.reason}`);
  }
  if (number % RENDERED === 0) {
    const terminal = UNSEEN.exec(renderText(report, { color: false }));
    if (terminal) find('unseen-in-text', `U+${terminal[0].codePointAt(0).toString(16)}`);
    const html = MARKUP.exec(renderHtml(report));
    if (html) find('markup-in-html', html[0]);
  }
  return findings;
}
