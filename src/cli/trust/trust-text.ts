import { faultMessage, type ReadFault } from '../../base/fault.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import { displayWidth } from '../../core/renderers/text/wrap.js';
import { type Message, message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { FileResult, InstalledFile } from '../../service/trust/candidate.js';
import type { FileStatus } from '../../service/trust/file-status.js';
import type { TrustStatus } from '../../service/trust/status.js';

/** Renders the output of `assay trust status`. Names of files and folders and answers of servers are escaped at the end. */

export function trustStatusText(
  { dir, files, warnings, faults }: TrustStatus,
  translator: Translator = translatorFor('en'),
): string {
  const lines: Message[] = [message('trust.folder', { folder: dir }), EMPTY_LINE];
  for (const file of files) {
    lines.push(
      message('trust.file', { title: message(file.title), file: file.file }),
      ...indented([
        ...fileLines(file),
        ...faults.filter((one) => one.file === file.file).map(faultLine),
        ...warnings
          .filter((one) => one.file === file.file)
          .map(({ userMessage: what, code }) => message('trust.noted', { what, code })),
      ]),
    );
  }
  for (const fault of faults.filter((one) => !files.some((file) => file.file === one.file)))
    lines.push(message('text.asWritten', { text: fault.file }), ...indented([faultLine(fault)]));
  if (files.some((file) => file.shipped)) lines.push(EMPTY_LINE, message('trust.shipped.remedy'));
  return renderLines(lines, translator);
}

function fileLines(file: FileStatus): Message[] {
  if (!file.installed && !file.shipped) return [message('trust.notInstalled')];
  const {
    nextUpdate,
    sequence,
    shipped,
    certificates,
    products,
    expired,
    frozen,
    fetchedAt,
    ageDays,
    previous,
  } = file;
  const contents = [
    ...(certificates?.signers ? [message('trust.isolation.signers', { count: certificates.signers })] : []),
    ...(certificates?.authorities
      ? [message('trust.isolation.authorities', { count: certificates.authorities })]
      : []),
    ...(certificates?.allowed ? [message('trust.isolation.allowed', { count: certificates.allowed })] : []),
    ...(products ? [message('trust.isolation.products', { count: products })] : []),
  ];
  const dates = [
    ...(file.issueDate ? [message('trust.issued', { day: file.issueDate })] : []),
    ...(sequence === undefined ? [] : [message('trust.sequence', { number: String(sequence) })]),
    ...(nextUpdate === undefined ? [] : [message('trust.nextUpdate', { day: nextUpdate.slice(0, 10) })]),
    ...(fetchedAt === undefined || ageDays === undefined
      ? []
      : [message('trust.fetched', { day: fetchedAt.slice(0, 10), days: ageDays })]),
  ];
  const items = message('trust.items', { items: contents });
  return [
    ...(shipped ? [message('trust.shipped')] : []),
    ...(contents.length === 0
      ? []
      : [expired ? message('trust.expired', { items, count: String(expired) }) : items]),
    ...(dates.length > 0 ? [message('trust.items', { items: dates })] : []),
    ...(frozen ? [message('trust.frozen', { day: frozen })] : []),
    ...(file.sha256 ? [message('text.asWritten', { text: `sha256 ${file.sha256}` })] : []),
    ...(previous ? [message('trust.previous', { file: previous })] : []),
  ];
}

export function installText(
  dir: string,
  files: readonly FileResult[],
  translator: Translator = translatorFor('en'),
): string {
  const columns = Math.max(
    ...OUTCOMES.map((outcome) => displayWidth(translator.text(`trust.outcome.${outcome}`))),
  );
  const lines = files.flatMap((file) => {
    const outcome = translator.text(`trust.outcome.${file.outcome}`);
    const gap = ' '.repeat(columns + 1 - displayWidth(outcome));
    const about = file.outcome === 'refused' ? [faultLine(file.fault)] : resultLines(file);
    return [`${outcome}${gap} ${file.file}`, ...indented(about).map((line) => translator.translate(line))];
  });
  return escapeLines([translator.text('trust.folder', { folder: dir }), '', ...lines]);
}

const OUTCOMES = ['installed', 'unchanged', 'refused'] as const;

function resultLines({ certificates, products, issueDate, previous, note }: InstalledFile): Message[] {
  const contents = certificates
    ? [message('trust.isolation.certificates', { count: certificates })]
    : products
      ? [message('trust.isolation.products', { count: products })]
      : [];
  const items = [
    ...contents,
    ...(issueDate ? [message('trust.issued', { day: issueDate.slice(0, 10) })] : []),
  ];
  return [
    message('trust.items', { items }),
    ...(previous ? [message('trust.previous', { file: previous })] : []),
    ...(note ? [note] : []),
  ];
}

const faultLine = (fault: ReadFault): Message =>
  message('trust.noted', { what: faultMessage(fault), code: fault.code });

const EMPTY_LINE = message('text.asWritten', { text: '' });

const indented = (lines: readonly Message[]): Message[] =>
  lines.map((line) => message('trust.indented', { line }));

const renderLines = (lines: readonly Message[], translator: Translator): string =>
  escapeLines(lines.map((line) => translator.translate(line)));

const escapeLines = (lines: readonly string[]): string =>
  `${lines.map((line) => escapeTerminal(line)).join('\n')}\n`;
