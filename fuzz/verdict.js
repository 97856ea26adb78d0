import { Compile } from 'typebox/compile';

const { REFERENCED_SCHEMAS: REFERRED_TO, toStoredSchema } = await import('../src/base/message-schema.ts');
const { ReportSchema } = await import('../src/core/report/report.ts');
const { EvidenceViewSchema: EvidenceSheetSchema } = await import('../src/core/report/evidence-view.ts');
const { renderEvidenceText } = await import('../src/core/renderers/text/evidence.ts');
const { renderHtml, renderText } = await import('../tests/core/renderers/rendered.ts');

const schema = Compile(REFERRED_TO, toStoredSchema(ReportSchema));
const sheetSchema = Compile(EvidenceSheetSchema);

/** The pool refuses a Report longer than this. */
const REPORT_CHARACTERS = 16 * 1024 ** 2;
/** One Report in this many is rendered, because rendering takes longer than most reading. */
const RENDERED = 16;
/** Control characters that a terminal would act on, except the line feed, and characters that reorder or hide text. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;
const MARKUP = /<script|<iframe|<img|<svg[\s/]*onload|<base|<meta|<form|\son\w+\s*=\s*["']?globalThis/i;

/** Returns the violations of a Report that hold whatever the file is; empty if there are none. */
export function wrongIn(report, { number }) {
  const findings = [];
  const find = (kind, detail) => findings.push({ kind, detail });
  if (!schema.Check(report)) find('not-a-report', faultsIn(schema, report));
  const text = JSON.stringify(report);
  if (text.length > REPORT_CHARACTERS) find('report-too-long', `${text.length} characters`);
  for (const [carrier, read] of Object.entries(report.reads)) {
    // Reports a reader that threw: a reader must never throw, whatever the file contains.
    if (read.code === 'reader.error') find('reader-threw', `${carrier}: ${read.reason}`);
  }
  if (number % RENDERED === 0) {
    findings.push(...unseenIn(renderText(report, { color: false })), ...markupIn(renderHtml(report)));
  }
  return findings;
}

/** Returns the violations of an evidence view. */
export function wrongInSheet(report, sheet, { number }) {
  const findings = [];
  if (!sheetSchema.Check(sheet)) findings.push({ kind: 'not-a-sheet', detail: faultsIn(sheetSchema, sheet) });
  const length = JSON.stringify(sheet).length;
  if (length > REPORT_CHARACTERS) findings.push({ kind: 'sheet-too-long', detail: `${length} characters` });
  if (number % RENDERED !== 0) return findings;
  const page = renderHtml(report, undefined, undefined, sheet);
  return [...findings, ...unseenIn(renderEvidenceText(sheet, { color: false })), ...markupIn(page)];
}

const MOST_FAULTS = 5;

/** Returns the first schema violations, each with its path. */
const faultsIn = (schema, value) =>
  schema
    .Errors(value)
    .slice(0, MOST_FAULTS)
    .map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
    .join('\n');

/** Returns the text around a match, with invisible characters escaped. */
const around = (text, { index, 0: found }) =>
  JSON.stringify(text.slice(Math.max(0, index - 40), index + found.length + 40));

function unseenIn(text) {
  const found = UNSEEN.exec(text);
  if (!found) return [];
  const character = `U+${found[0].codePointAt(0).toString(16)}`;
  return [{ kind: 'unseen-in-text', detail: `${character} in ${around(text, found)}` }];
}

function markupIn(page) {
  const found = MARKUP.exec(page);
  return found ? [{ kind: 'markup-in-html', detail: `${found[0]} in ${around(page, found)}` }] : [];
}
