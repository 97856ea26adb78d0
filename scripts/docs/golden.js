import { DAYS, FILES, readGolden } from '../golden.js';
import { table } from './markdown.js';

const SHORT = {
  answered: 'answered',
  'partly-answered': 'partly',
  'no-signal-found': 'none found',
  'indicator-seen': 'change seen',
  'none-seen': 'none seen',
  look: 'look',
  indeterminate: 'could not read',
  'not-assessable': 'not from a file',
  'outside-clause': '–',
  'not-triggered': 'not called for',
  'kind-not-read': 'kind not read',
  'not-in-force': 'not yet',
  superseded: 'superseded',
};

/** Returns the golden table of the tests: four files under all rulebooks on the relevant days. */
export function goldenPage() {
  const golden = readGolden();
  return [
    '## Four files on eight days',
    'What the tests hold fast (`tests/core/law/golden.json`). “not yet”: before the clause’s first day; “none found”: no signal that answers it, which says nothing about how the content was made; “change seen”, “none seen”: what would show that something forbidden was done; “look”: for the eyes; “not from a file”: no file can show it; “–”: the clause does not speak of this file. Clauses that come out as “–”, “look” or “not from a file” on every day they apply are left out.',
    ...FILES.flatMap(({ file, stands }) => [
      `### ${stands}`,
      `\`fixtures/${file}\``,
      table(
        ['clause', ...DAYS],
        Object.entries(golden[file] ?? {})
          .filter(([, outcomes]) => outcomes.some((one) => TOLD.has(one)))
          .map(([key, outcomes]) => [`\`${key}\``, ...outcomes.map((one) => SHORT[one])]),
      ),
    ]),
  ];
}

const TOLD = new Set([
  ...['answered', 'partly-answered', 'no-signal-found'],
  ...['indicator-seen', 'none-seen', 'indeterminate'],
]);
