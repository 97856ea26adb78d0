import type { EvidenceWords } from '../evidence.js';

const number = new Intl.NumberFormat('en');
const few = (count: number, one: string, other: string): string =>
  `${number.format(count)} ${count === 1 ? one : other}`;

export const evidence: EvidenceWords = {
  heading: 'Metadata, field by field',
  about:
    'As the file has it, with the byte at which each field or its packet begins. A value that is or may hold personal data is left out unless it was asked for.',
  byte: 'Byte',
  field: 'Field',
  value: 'Value',
  notText: 'not text',
  withheld: '[may hold personal data: not shown]',
  characters: (count) => few(count, 'character', 'characters'),
  more: (count) => `${few(count, 'further field is', 'further fields are')} not shown here.`,
  none: 'No metadata fields were read.',
  labels: { gb45438: 'The label of GB 45438 in the file', iptc: 'IPTC digital source type in the file' },
  labelBytes: (count) => few(count, 'byte', 'bytes'),
  firstBytes: (shown, count) => `the first ${number.format(shown)} of ${number.format(count)} bytes`,
  maskedBytes: (count) => `${few(count, 'byte', 'bytes')} masked, shown as ··`,
  why: {
    'no-offset': 'its bytes are not shown: where it begins is not known to the byte',
    'not-found':
      'its bytes are not shown: it does not stand near this place as plain text, as it may be compressed',
    withheld: 'its bytes are not shown: they may hold personal data',
  },
  leftOut: 'The metadata, field by field, is not printed. It stands on the report’s page.',
};
