import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import { displayWidth } from '../core/renderers/wrap.js';
import type { Language } from '../say/languages.js';
import type { FileResult, InstalledFile } from '../trust-lists/candidate.js';
import type { FileStatus, TrustStatus } from '../trust-lists/status.js';
import { TRUST_WORDS, type TrustWords } from './trust-words.js';

/** What `assay trust` says. Names of files and folders, and what servers answer, are escaped at the end. */

export function statusText({ dir, files, warnings, faults }: TrustStatus, language: Language = 'en'): string {
  const words = TRUST_WORDS[language];
  const noted = (text: string, code: string) => `! ${words.ours(text)} (${code})`;
  const lines = [`${words.folder}${dir}`, ''];
  for (const file of files) {
    const about = [
      ...faults.filter((one) => one.file === file.file).map((one) => noted(one.reason, one.code)),
      ...warnings.filter((one) => one.file === file.file).map((one) => noted(one.text, one.code)),
    ];
    lines.push(
      `${words.ours(file.title)}${words.colon}${file.file}`,
      ...indented([...fileLines(file, words), ...about]),
    );
  }
  const elsewhere = faults.filter((one) => !files.some((file) => file.file === one.file));
  lines.push(...elsewhere.flatMap((one) => [one.file, ...indented([noted(one.reason, one.code)])]));
  if (!files.some((file) => file.installed)) lines.push('', ...words.nothing);
  return shown(lines);
}

function fileLines(file: FileStatus, words: TrustWords): string[] {
  if (!file.installed) return [words.notInstalled];
  const { certificates, products, expired, frozen, fetchedAt, ageDays, previous } = file;
  const held = [
    counted(certificates?.signers, words.held.signers),
    counted(certificates?.authorities, words.held.authorities),
    counted(certificates?.allowed, words.held.allowed),
    counted(products, words.held.products),
  ].filter((one) => one !== undefined);
  const dates = [
    file.issueDate && words.issued(file.issueDate),
    fetchedAt === undefined || ageDays === undefined
      ? undefined
      : words.fetched(fetchedAt.slice(0, 10), ageDays),
  ].filter((one) => one !== undefined);
  const past = expired ? `${words.semicolon}${words.expired(expired)}` : '';
  return [
    ...(held.length > 0 ? [`${held.join(words.comma)}${past}`] : []),
    ...(dates.length > 0 ? [dates.join(words.comma)] : []),
    ...(frozen ? [words.frozen(frozen)] : []),
    ...(file.sha256 ? [`sha256 ${file.sha256}`] : []),
    ...(previous ? [words.previous(previous)] : []),
  ];
}

export function installText(dir: string, files: readonly FileResult[], language: Language = 'en'): string {
  const words = TRUST_WORDS[language];
  const lines = files.flatMap((file) => {
    const outcome = words.outcomes[file.outcome];
    const gap = ' '.repeat(Math.max(0, words.outcomeColumns - displayWidth(outcome)));
    const about =
      file.outcome === 'refused' ? [`! ${words.ours(file.reason)} (${file.code})`] : resultLines(file, words);
    return [`${outcome}${gap} ${file.file}`, ...indented(about)];
  });
  return shown([`${words.folder}${dir}`, '', ...lines]);
}

function resultLines(
  { certificates, products, issueDate, previous, note }: InstalledFile,
  words: TrustWords,
): string[] {
  const held = counted(certificates, words.held.certificates) ?? counted(products, words.held.products);
  const first = [held, issueDate && words.issued(issueDate.slice(0, 10))].filter((one) => one !== undefined);
  return [
    first.join(words.comma),
    ...(previous ? [words.previous(previous)] : []),
    ...(note ? [words.ours(note)] : []),
  ];
}

function counted(count: number | undefined, words: (count: number) => string): string | undefined {
  return count ? words(count) : undefined;
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const shown = (lines: readonly string[]): string =>
  `${lines.map((line) => escapeTerminal(line)).join('\n')}\n`;
