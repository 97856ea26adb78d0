import { DETECTORS } from '../../src/core/detectors/index.ts';
import { SIGNAL_IDS } from '../../src/core/report/signal.ts';
import { BACKINGS } from '../../src/core/signals/backing.ts';
import { meaningMessage } from '../../src/core/signals/meaning.ts';
import { C2PA_DECLARATIONS } from '../../src/core/signatures/c2pa-declarations.ts';
import { translatorFor } from '../../src/i18n/translator.ts';
import { heading, table } from './markdown.js';

const speech = translatorFor('en');

/** Generates docs/signals.md: the closed list of signal ids, what raises each, and the signature rows. */
export function signalsPage() {
  const raisedBy = new Map();
  for (const detector of DETECTORS) {
    for (const id of detector.raises) raisedBy.set(id, [...(raisedBy.get(id) ?? []), detector]);
  }
  const rows = SIGNAL_IDS.map((id) => {
    const detectors = raisedBy.get(id) ?? [];
    return [
      `\`${id}\``,
      speech.translate(meaningMessage(id)),
      detectors.map((d) => d.id).join(', '),
      [...new Set(detectors.flatMap((d) => d.needs))].join(', ') || '–',
    ];
  });
  return [
    heading('Signals'),
    'A signal is one normalised fact with its backing and the place it stands in. The list is closed: a rulebook that names another id is refused at start.',
    '## Backing',
    table(
      ['word', 'meaning'],
      BACKINGS.map((backing) => [`\`${backing}\``, speech.text(`backing.${backing}`)]),
    ),
    '## Ids',
    table(['id', 'meaning', 'raised by', 'reads'], rows),
    'The traces that raise `generator.*`, `camera.*`, `editor.*`, `platform.*` and `label.*` stand in signatures.md.',
    '## AI declarations in C2PA manifests without a digital source type',
    table(
      ['signal', 'where', 'says', 'grade', 'source'],
      C2PA_DECLARATIONS.map((row) => [
        `\`${row.signal}\``,
        JSON.stringify(row.match),
        row.states ?? '',
        row.grade,
        row.source,
      ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}
