import { COMFYUI_NODES, namesOf } from '../../src/core/detectors/shapes/comfyui-known.ts';
import { TRACE_GRADES } from '../../src/core/signals/backing.ts';
import { SIGNATURE_ROWS } from '../../src/core/signatures/index.ts';
import { translatorFor } from '../../src/i18n/translator.ts';
import { heading, table } from './markdown.js';

const speech = translatorFor('en');

const PROVES = {
  generated: 'made with AI',
  edited: 'edited with AI',
  tool: 'passed through this tool; how it was made is not said',
  label: 'labelled by somebody',
  camera: 'camera or recorder',
  editor: 'ordinary editor',
  platform: 'platform or re-encoding',
};

const ROLES = {
  makes: 'makes pictures, video or sound anew',
  edits: 'changes a picture with a generative model',
  scales: 'scales up with a model',
  passes: 'passes on',
  aside: 'gives models, texts or numbers',
  saves: 'saves',
  shows: 'shows in the editor',
};

/** Returns the classes of ComfyUI's nodes, by their table rows. */
function nodesTable() {
  return table(
    ['what it does', 'service', 'grade', 'classes', 'source'],
    COMFYUI_NODES.map((row) => [
      ROLES[row.role],
      row.service ?? '',
      row.grade,
      namesOf(row)
        .map((name) => `\`${name}\``)
        .join(', '),
      row.source,
    ]),
  );
}

/** Generates docs/signatures.md: every row that is matched against the texts of a file. */
export function signaturesPage() {
  return [
    heading('Signatures'),
    'Traces that generators, editors, cameras and platforms leave. Each can be copied into any file and removed from any file: it says what the file states, not what is so. Rows of grade C never decide an origin.',
    '## Grades',
    table(
      ['grade', 'meaning'],
      TRACE_GRADES.map((grade) => [grade, speech.text(`grade.${grade}`)]),
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
    '## Nodes of ComfyUI',
    'A graph of ComfyUI is followed backwards from what it saves, through every link. It states that content was made where a node that makes it stands on that way; it is said to have no step that makes pictures only where every node on the way is in this table and none of them makes one.',
    nodesTable(),
  ]
    .join('\n\n')
    .concat('\n');
}
