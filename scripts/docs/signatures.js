import { GRADE_MEANINGS, GRADES } from '../../dist/core/signal.js';
import { SIGNATURE_ROWS } from '../../dist/core/signatures/index.js';
import { heading, table } from './markdown.js';

const PROVES = {
  generated: 'made with AI',
  edited: 'edited with AI',
  tool: 'passed through this tool; how it was made is not said',
  label: 'labelled by somebody',
  camera: 'camera or recorder',
  editor: 'ordinary editor',
  platform: 'platform or re-encoding',
};

/** docs/signatures.md: every row that is held against the texts of a file. */
export function signaturesPage() {
  return [
    heading('Signatures'),
    'Traces that generators, editors, cameras and platforms leave. Each can be copied into any file and removed from any file: it says what the file states, not what is so. Rows of grade C never decide an origin.',
    '## Grades',
    table(
      ['grade', 'meaning'],
      GRADES.map((grade) => [grade, GRADE_MEANINGS[grade]]),
    ),
    '## Rows',
    table(
      ['tool', 'signal', 'where', 'what it states', 'grade', 'row', 'source'],
      SIGNATURE_ROWS.map((row) => [
        row.tool,
        `\`${row.signal}\``,
        [row.carriers.join(', '), ...(row.field ? [`\`${row.field.source}\``] : [])].join(' '),
        PROVES[row.proves],
        row.grade,
        `\`${row.id}\``,
        row.source,
      ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}
