import { basename } from 'node:path';
import { isDay } from '../base/day.js';
import { compact } from '../base/json-shape.js';
import { chooseRulebooks } from '../core/law/rulebooks/index.js';
import { LANGUAGES, type Language } from '../i18n/languages.js';
import { message } from '../i18n/message.js';
import {
  type RequestedOptions as MemberQuestion,
  type OptionType,
  optionSpec,
  optionsAt,
  type RequestedOptionName,
} from '../inspect/options/members.js';
import { type ResolvedOptionsWithSource, resolveOptions } from '../inspect/options/resolved.js';
import { resolveLawSelection } from '../inspect/options/resolved-law.js';
import { AssayError } from './error.js';
import { type FileInput, pathOfInput } from './input.js';

type OneOrMore<T> = T extends readonly (infer W)[] ? W | readonly W[] : T;
/** Members of inspect/options/members.ts: one word may stand for a list of it. */
type OptionMembers<K extends RequestedOptionName> = {
  [N in keyof Pick<OptionValues, K>]?: OneOrMore<OptionValues[N]> | undefined;
};
type OptionValues = Required<MemberQuestion>;
type LawName = 'asOf' | 'rulebooks' | 'jurisdiction' | 'role';

/** Options for evaluating law. */
export interface EvaluateOptions extends OptionMembers<LawName> {}

/** Options for inspecting a file. */
export interface InspectOptions
  extends EvaluateOptions,
    OptionMembers<Exclude<RequestedOptionName, LawName>> {
  /** Name of the file. Defaults to the base name of its path, or to `unnamed`. */
  name?: string | undefined;
  /** Type declared by a third party. Recorded but never trusted. */
  declaredMediaType?: string | undefined;
  /** Sidecars of the file: one C2PA manifest store to validate against, and up to eight of XMP. */
  sidecar?: FileInput | readonly FileInput[] | undefined;
  /** Initialisation segment of the stream (fragmented MP4), if the file is a segment of it. */
  init?: FileInput | undefined;
  /** Folder of trust lists. Without it signers are matched against no list, and the Report says so. */
  trustDir?: string | undefined;
  /**
   * `auto`: in a separate process with the strictest sandbox available. `sandbox`: only in that sandbox, otherwise not
   * at all. `none`: in the calling process, which a hostile file can then stop, exhaust or take over.
   */
  isolation?: 'auto' | 'sandbox' | 'none' | undefined;
  /** Maximum bytes of a stream or buffer; 1 GiB by default. */
  maxBytes?: number | undefined;
  /** Language of the Report's texts; English by default. */
  language?: Language | undefined;
  /** Cancels the work; the promise rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Checked options with all defaults applied. */
export interface ResolvedCallOptions extends ResolvedOptionsWithSource {
  name: string;
  declaredMediaType?: string;
  sidecars: readonly FileInput[];
  init?: FileInput;
  trustDir?: string;
  isolation: 'auto' | 'sandbox' | 'none';
  maxBytes: number;
  language: Language;
  signal?: AbortSignal;
}

const EVALUATE_MEMBERS: readonly LawName[] = ['asOf', 'rulebooks', 'jurisdiction', 'role'];
const OPTION_MEMBERS = optionsAt('library').filter(
  (name): name is RequestedOptionName => optionSpec(name).type !== 'file',
);
const INSPECT_MEMBERS = [
  ...optionsAt('library'),
  ...(['name', 'declaredMediaType', 'trustDir', 'isolation', 'maxBytes', 'language', 'signal'] as const),
];

const MAX_BYTES = 1024 ** 3;

/**
 * Checks the options. Throws `AssayError` with the name of the invalid member, because callers in JavaScript have no
 * compiler to report it.
 */
export function resolveCallOptions(file: FileInput, question: InspectOptions): ResolvedCallOptions {
  checkKnownMembers(question, INSPECT_MEMBERS);
  const { name, declaredMediaType, sidecar, init, trustDir, signal } = question;
  const { isolation = 'auto', maxBytes = MAX_BYTES, language = 'en' } = question;
  const path = pathOfInput(file);
  checkValue('isolation', isolation, (value) => ['auto', 'sandbox', 'none'].includes(value));
  checkValue('maxBytes', maxBytes, (value) => Number.isSafeInteger(value) && value >= 0);
  checkValue('language', language, (value) => LANGUAGES.includes(value));
  checkValue('signal', signal, (value) => value instanceof AbortSignal);
  for (const [member, value] of Object.entries({ name, declaredMediaType, trustDir }))
    checkValue(member, value, (one) => typeof one === 'string' && one !== '');
  return {
    ...resolveMembers(question),
    name: name ?? (path === undefined ? 'unnamed' : basename(path)),
    isolation,
    maxBytes,
    language,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    sidecars: sidecar === undefined ? [] : isList(sidecar) ? sidecar : [sidecar],
    ...compact({ init, trustDir, signal }),
  };
}

/** Byte arrays are not lists of files. */
const isList = (given: FileInput | readonly FileInput[]): given is readonly FileInput[] =>
  Array.isArray(given);

export function resolveEvaluateOptions(question: EvaluateOptions): ResolvedOptionsWithSource {
  checkKnownMembers(question, EVALUATE_MEMBERS);
  return resolveMembers(question);
}

function resolveMembers(given: InspectOptions): ResolvedOptionsWithSource {
  const question: MemberQuestion = Object.fromEntries(
    OPTION_MEMBERS.flatMap((name) =>
      given[name] === undefined ? [] : [[name, checkMember(name, given[name])]],
    ),
  );
  return resolveOptions(question, resolveLawSelection(question, {}, chooseRulebooks));
}

/** Checks a value. A single word becomes a list of one, and known words are put into their canonical order. */
function checkMember(name: RequestedOptionName, given: unknown): unknown {
  const { type: takes, times, words } = optionSpec(name);
  const value = times === 'often' && typeof given === 'string' ? [given] : given;
  if (!Array.isArray(value)) checkValue(name, value, (one) => IS_VALID[takes](one, words));
  else for (const one of value) checkValue(name, one, (word) => IS_VALID[takes](word, words));
  checkValue(name, value, (all) => Array.isArray(all) === (times === 'often'));
  return Array.isArray(value) ? (words?.filter((word) => value.includes(word)) ?? [...value]) : value;
}

/** Checks one value by its kind. */
const IS_VALID: Record<OptionType, (value: unknown, words?: readonly string[]) => boolean> = {
  day: (value) => typeof value === 'string' && isDay(value),
  yes: (value) => typeof value === 'boolean',
  word: (value, words = []) => words.some((word) => word === value),
  words: (value, words = []) => words.some((word) => word === value),
  names: (value) => typeof value === 'string',
  file: () => false,
};

function checkKnownMembers(question: object, members: readonly string[]): void {
  const unknown = Object.keys(question).find((name) => !members.includes(name));
  if (unknown === undefined) return;
  throw new AssayError(
    'bad-question',
    message('error.library.unknownMember', { name: formatValue(unknown), known: [...members] }),
  );
}

function checkValue<T>(member: string, value: T | undefined, holds: (value: T) => boolean): void {
  if (value === undefined || holds(value)) return;
  throw new AssayError(
    'bad-question',
    message('error.library.badMember', { name: member, value: formatValue(value) }),
  );
}

const formatValue = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);
