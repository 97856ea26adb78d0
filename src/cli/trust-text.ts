import { faultSaid, type ReadFault } from '../core/ground/fault.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import { displayWidth } from '../core/renderers/wrap.js';
import { type Said, said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import type { FileResult, InstalledFile } from '../trust-lists/candidate.js';
import type { FileStatus } from '../trust-lists/file-status.js';
import type { TrustStatus } from '../trust-lists/status.js';

/** What `assay trust` says. Names of files and folders, and what servers answer, are escaped at the end. */

export function statusText(
  { dir, files, warnings, faults }: TrustStatus,
  speech: Speech = speechOf('en'),
): string {
  const lines: Said[] = [said('trust.folder', { folder: dir }), NOTHING];
  for (const file of files) {
    lines.push(
      said('trust.file', { title: said(file.title), file: file.file }),
      ...indented([
        ...fileLines(file),
        ...faults.filter((one) => one.file === file.file).map(faultLine),
        ...warnings
          .filter((one) => one.file === file.file)
          .map(({ said: what, code }) => said('trust.noted', { what, code })),
      ]),
    );
  }
  for (const fault of faults.filter((one) => !files.some((file) => file.file === one.file)))
    lines.push(said('text.asWritten', { text: fault.file }), ...indented([faultLine(fault)]));
  if (!files.some((file) => file.installed))
    lines.push(NOTHING, said('trust.none'), said('doctor.trust.none.remedy'));
  return shown(lines, speech);
}

function fileLines(file: FileStatus): Said[] {
  if (!file.installed) return [said('trust.notInstalled')];
  const { certificates, products, expired, frozen, fetchedAt, ageDays, previous } = file;
  const held = [
    ...(certificates?.signers ? [said('trust.held.signers', { count: certificates.signers })] : []),
    ...(certificates?.authorities
      ? [said('trust.held.authorities', { count: certificates.authorities })]
      : []),
    ...(certificates?.allowed ? [said('trust.held.allowed', { count: certificates.allowed })] : []),
    ...(products ? [said('trust.held.products', { count: products })] : []),
  ];
  const dates = [
    ...(file.issueDate ? [said('trust.issued', { day: file.issueDate })] : []),
    ...(fetchedAt === undefined || ageDays === undefined
      ? []
      : [said('trust.fetched', { day: fetchedAt.slice(0, 10), days: ageDays })]),
  ];
  const items = said('trust.items', { items: held });
  return [
    ...(held.length === 0
      ? []
      : [expired ? said('trust.expired', { items, count: String(expired) }) : items]),
    ...(dates.length > 0 ? [said('trust.items', { items: dates })] : []),
    ...(frozen ? [said('trust.frozen', { day: frozen })] : []),
    ...(file.sha256 ? [said('text.asWritten', { text: `sha256 ${file.sha256}` })] : []),
    ...(previous ? [said('trust.previous', { file: previous })] : []),
  ];
}

export function installText(
  dir: string,
  files: readonly FileResult[],
  speech: Speech = speechOf('en'),
): string {
  const columns = Math.max(
    ...OUTCOMES.map((outcome) => displayWidth(speech.words(`trust.outcome.${outcome}`))),
  );
  const lines = files.flatMap((file) => {
    const outcome = speech.words(`trust.outcome.${file.outcome}`);
    const gap = ' '.repeat(columns + 1 - displayWidth(outcome));
    const about = file.outcome === 'refused' ? [faultLine(file.fault)] : resultLines(file);
    return [`${outcome}${gap} ${file.file}`, ...indented(about).map((line) => speech.say(line))];
  });
  return escaped([speech.words('trust.folder', { folder: dir }), '', ...lines]);
}

const OUTCOMES = ['installed', 'unchanged', 'refused'] as const;

function resultLines({ certificates, products, issueDate, previous, note }: InstalledFile): Said[] {
  const held = certificates
    ? [said('trust.held.certificates', { count: certificates })]
    : products
      ? [said('trust.held.products', { count: products })]
      : [];
  const items = [...held, ...(issueDate ? [said('trust.issued', { day: issueDate.slice(0, 10) })] : [])];
  return [
    said('trust.items', { items }),
    ...(previous ? [said('trust.previous', { file: previous })] : []),
    ...(note ? [note] : []),
  ];
}

const faultLine = (fault: ReadFault): Said =>
  said('trust.noted', { what: faultSaid(fault), code: fault.code });

const NOTHING = said('text.asWritten', { text: '' });

const indented = (lines: readonly Said[]): Said[] => lines.map((line) => said('trust.indented', { line }));

const shown = (lines: readonly Said[], speech: Speech): string =>
  escaped(lines.map((line) => speech.say(line)));

const escaped = (lines: readonly string[]): string =>
  `${lines.map((line) => escapeTerminal(line)).join('\n')}\n`;
