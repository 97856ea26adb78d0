import { readFileSync } from 'node:fs';
import { EvidenceViewSchema } from '../../src/core/report/evidence-view.ts';
import { ReportSchema } from '../../src/core/report/report.ts';
import { HEADLINES } from '../../src/core/summary/headline.ts';
import { translatorFor } from '../../src/i18n/translator.ts';
import { heading, table } from './markdown.js';

/** Generates docs/report.md: every field of the Report, from its schema. */
export function reportPage() {
  return [
    heading('The Report (`assay.report/1`)'),
    'The same file, engines, lists, rulebooks and `asOf` give the same Report. Ids, caching and paths live outside it.',
    table(['field', 'type', 'always there', 'meaning'], rows(ReportSchema, '')),
    `${'#'.repeat(2)} The evidence (\`assay.evidence/1\`)`,
    'Beside the Report: what the file says field by field. `assay inspect --evidence --json`, `GET /v1/inspections/{id}/evidence`. ' +
      'A report’s page shows the first of it, folded; a PDF only the labels’ bytes.',
    table(['field', 'type', 'always there', 'meaning'], rows(EvidenceViewSchema, '')),
    '## Headlines',
    'The first row that fits gives `summary.headline` (`src/core/summary/headline.ts`); each row outranks those below it.',
    table(['', 'where', 'example'], headlineRows()),
  ]
    .join('\n\n')
    .concat('\n');
}

function headlineRows() {
  const catalogue = JSON.parse(
    readFileSync(new URL('../../src/i18n/catalogues/en.json', import.meta.url), 'utf8'),
  );
  const translator = translatorFor('en');
  return HEADLINES.map(({ ids, when }, at) => [
    String(at + 1),
    when,
    translator.translate({ id: ids[0], params: catalogue[ids[0]].example ?? {} }),
  ]);
}

function rows(schema, path) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const required = (schema.required ?? []).includes(name) ? 'yes' : '';
    const meaning = field.description ?? (name === 'messages' ? SAID : '');
    return [[`\`${at}\``, typeOf(field), required, meaning], ...inner(field, at)];
  });
}

/** The schema describes messages once; here each field has a row of its own. */
const SAID = 'What the texts beside it say.';

/** `reads` has equal rows for all carriers, so the first represents all. */
function inner(field, at) {
  if (field.type === 'array' && field.items?.properties) return rows(field.items, `${at}[]`);
  if (at === 'reads') return rows(Object.values(field.properties)[0], 'reads.<carrier>');
  return field.properties ? rows(field, at) : [];
}

const MOST_WORDS = 16;

function typeOf(field) {
  if (field.const !== undefined) return `\`${field.const}\``;
  if (field.enum)
    return field.enum.length > MOST_WORDS
      ? `one of ${field.enum.length} words`
      : field.enum.map((word) => `\`${word}\``).join(' ');
  if (field.type === 'array')
    return field.items?.type === 'object' || field.items?.properties
      ? 'list'
      : `list of ${field.items ? typeOf(field.items) : 'values'}`;
  return field.type ?? 'value';
}
