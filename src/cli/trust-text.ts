import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import type { FileResult, InstalledFile } from '../trust-lists/candidate.js';
import type { FileStatus, TrustStatus } from '../trust-lists/status.js';

/** The words of `assay trust`. Names of files and folders, and what servers answer, are escaped at the end. */

export function statusText({ dir, files, warnings, faults }: TrustStatus): string {
  const lines = [`Trust folder: ${dir}`, ''];
  for (const file of files) {
    const about = [
      ...faults.filter((one) => one.file === file.file).map((one) => `! ${one.reason} (${one.code})`),
      ...warnings.filter((one) => one.file === file.file).map((one) => `! ${one.text} (${one.code})`),
    ];
    lines.push(`${file.title}: ${file.file}`, ...indented([...fileLines(file), ...about]));
  }
  const elsewhere = faults.filter((one) => !files.some((file) => file.file === one.file));
  lines.push(...elsewhere.flatMap((one) => [one.file, ...indented([`! ${one.reason} (${one.code})`])]));
  if (!files.some((file) => file.installed)) lines.push('', ...NOTHING);
  return shown(lines);
}

const NOTHING = [
  'No list is installed, so reports say of every signer that no list was checked.',
  '`assay trust update` fetches the published lists; `assay trust import DIR` takes them from a folder.',
];

function fileLines(file: FileStatus): string[] {
  if (!file.installed) return ['not installed'];
  const { certificates, products, expired, frozen, fetchedAt, ageDays, previous } = file;
  const held = [
    counted(certificates?.signers, 'issuer of signers', 'issuers of signers'),
    counted(certificates?.authorities, 'issuer of timestamps', 'issuers of timestamps'),
    counted(certificates?.allowed, 'certificate of a signer', 'certificates of signers'),
    counted(products, 'product', 'products'),
  ].filter((words) => words !== undefined);
  const dates = [
    file.issueDate && `issued ${file.issueDate}`,
    fetchedAt && `fetched ${fetchedAt.slice(0, 10)} (${ageDays === 1 ? '1 day' : `${ageDays} days`} ago)`,
  ].filter((words) => words !== undefined);
  return [
    ...(held.length > 0 ? [`${held.join(', ')}${expired ? `; ${expired} expired` : ''}`] : []),
    ...(dates.length > 0 ? [dates.join(', ')] : []),
    ...(frozen ? [`frozen by its publisher on ${frozen}: no newer one will come`] : []),
    ...(file.sha256 ? [`sha256 ${file.sha256}`] : []),
    ...(previous ? [`the one before is kept as ${previous}`] : []),
  ];
}

export function installText(dir: string, files: readonly FileResult[]): string {
  const lines = files.flatMap((file) =>
    file.outcome === 'refused'
      ? [`refused    ${file.file}`, ...indented([`! ${file.reason} (${file.code})`])]
      : [`${file.outcome.padEnd(10)} ${file.file}`, ...indented(resultLines(file))],
  );
  return shown([`Trust folder: ${dir}`, '', ...lines]);
}

function resultLines({ certificates, products, issueDate, previous, note }: InstalledFile): string[] {
  const held =
    counted(certificates, 'certificate', 'certificates') ?? counted(products, 'product', 'products');
  const first = [held, issueDate && `issued ${issueDate.slice(0, 10)}`].filter(
    (words) => words !== undefined,
  );
  return [
    first.join(', '),
    ...(previous ? [`the one before is kept as ${previous}`] : []),
    ...(note ? [note] : []),
  ];
}

function counted(count: number | undefined, one: string, many: string): string | undefined {
  return count ? `${count} ${count === 1 ? one : many}` : undefined;
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const shown = (lines: readonly string[]): string =>
  `${lines.map((line) => escapeTerminal(line)).join('\n')}\n`;
