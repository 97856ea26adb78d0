import type { CompareWords } from '../compare.js';

export const compare: CompareWords = {
  title: 'Two reports side by side',
  first: 'First file',
  second: 'Second file',
  sameBytes: 'Both are the same file, byte for byte.',
  otherBytes: 'The two files differ in their bytes. How alike they look or sound was not compared.',
  firstInSecond: 'The second file’s Content Credentials name the first file’s as a step of their history.',
  secondInFirst: 'The first file’s Content Credentials name the second file’s as a step of their history.',
  sameActive: 'Both files carry the same Content Credentials manifest as their own.',
  sharedHistory: (count) =>
    count === 1
      ? 'Both files’ Content Credentials hold one and the same earlier manifest.'
      : `Both files’ Content Credentials hold ${count} earlier manifests that are the same.`,
  sharedNote: 'Told by the manifests’ own labels.',
  sharedUnconfirmed:
    'Told by the manifests’ own labels. Not both signatures hold for these files, so this is no more than what the files say.',
  format: 'Format and size',
  hash: 'SHA-256',
  sentence: 'What the file says about itself',
  same: 'the same in both',
  differs: 'differs',
  checks: 'What we could check',
  signals: 'Signals',
  onlyFirst: 'Only in the first file',
  onlySecond: 'Only in the second file',
  inBoth: 'In both',
  otherValue: 'In both, with other values',
  noSignals: 'none',
  clauses: 'Clauses with different outcomes',
  clausesSame: 'Every clause that both reports were asked about has the same outcome.',
  otherDays: (first, second) =>
    `The first report was made for the rules of ${first}, the second for those of ${second}: outcomes may differ for that alone.`,
  otherVersions: 'The two reports were made by different versions of Assay, its engines or rulebooks.',
  listsForFirstOnly: 'Trust lists were used for the first file only.',
  listsForSecondOnly: 'Trust lists were used for the second file only.',
  otherLists: 'Trust lists of different dates were used for the two files.',
};
