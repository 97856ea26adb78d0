import { ENGINE_CHOICES } from '../../core/c2pa/engine-names.js';
import { ROLES } from '../../core/report/rule-terms.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { type Message, message } from '../../i18n/message.js';

/**
 * Options for inspecting a file, one row each with everything the interfaces need. From it are made the command line
 * options, URL and form parameters, JSON members, scan settings, the library's types and the API description. Plain
 * data, because the command line should not load the schema library (schemas.ts makes the schemas).
 */

export type CommandName = 'inspect' | 'scan' | 'keys' | 'rulebooks';
/** `page`: the web page with the form. */
export type EntryPoint = CommandName | 'query' | 'form' | 'json' | 'page' | 'library';

/**
 * `names`: words that only the rulebooks know. `file`: passed differently by each interface, and not part of
 * `RequestedOptions`.
 */
export type OptionType = 'day' | 'yes' | 'word' | 'words' | 'names' | 'file';

export interface OptionSpec {
  type: OptionType;
  /** Allowed words of `word` and `words`. */
  words?: readonly string[];
  /** `often`: values accumulate. */
  times: 'once' | 'often';
  /** Default, unless the operator sets another one. */
  defaultValue?: string;
  /** Placeholder of the value in the command line help. */
  value?: string;
  /** Description in the API. */
  description: Message;
  /** Interfaces that accept the option; for commands, with its line of help. */
  at: { [D in EntryPoint]?: D extends CommandName ? Message : true };
}

const API_ENTRY_POINTS = { query: true, form: true, json: true, library: true } as const;

export const OPTION_SPECS = {
  /** `YYYY-MM-DD`, the day for which rules are evaluated. Defaults to today, UTC. */
  asOf: {
    type: 'day',
    times: 'once',
    value: 'date',
    description: message('question.asOf'),
    at: {
      inspect: message('cli.option.asOf'),
      scan: message('cli.option.asOf'),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /** Ids of rulebooks, or `all`, whose clauses are listed one by one. */
  rulebooks: {
    type: 'names',
    times: 'often',
    value: 'ids',
    description: message('question.rulebooks'),
    at: {
      inspect: message('cli.option.rulebooks'),
      scan: message('cli.scan.rulebooks'),
      keys: message('cli.keys.rulebooks'),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /**
   * Jurisdictions as named by the rulebooks; `US` includes its states. Defaults to the setting of key or operator, else
   * everywhere.
   */
  jurisdiction: {
    type: 'names',
    times: 'often',
    value: 'codes',
    description: message('question.jurisdiction'),
    at: {
      inspect: message('cli.option.jurisdiction'),
      scan: message('cli.scan.jurisdiction'),
      keys: message('cli.keys.jurisdiction'),
      rulebooks: message('cli.rulebooks.jurisdiction'),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /** Selects clauses that bind one of these roles. Defaults to the setting of key or operator, else all. */
  role: {
    type: 'words',
    words: ROLES,
    times: 'often',
    value: 'roles',
    description: message('question.role', { names: ROLES }),
    at: {
      inspect: message('cli.option.role', { roles: ROLES }),
      scan: message('cli.option.role', { roles: ROLES }),
      keys: message('cli.keys.role', { roles: ROLES }),
      rulebooks: message('cli.option.role', { roles: ROLES }),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /** C2PA engine; `auto` by default. */
  engine: {
    type: 'word',
    words: ENGINE_CHOICES,
    times: 'once',
    defaultValue: 'auto',
    value: 'name',
    description: message('question.engine', { names: ENGINE_CHOICES }),
    at: {
      inspect: message('cli.option.engine'),
      scan: message('cli.option.engine'),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /** Analyzes the decoded pixels too: hidden text, watermarks, stored thumbnail. Takes time and memory. */
  deep: {
    type: 'yes',
    times: 'once',
    description: message('question.deep'),
    at: {
      inspect: message('cli.option.deep'),
      scan: message('cli.scan.deep'),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /** Reads words in the corners of pictures and of frames of videos; in scans it looks for visible shapes too. */
  visible: {
    type: 'yes',
    times: 'once',
    description: message('question.visible'),
    at: {
      inspect: message('cli.option.visible'),
      scan: message('cli.scan.visible'),
      ...API_ENTRY_POINTS,
      page: true,
    },
  },
  /** Kinds of personal data to show. By default all are masked. */
  reveal: {
    type: 'words',
    words: PERSONAL,
    times: 'often',
    value: 'kinds',
    description: message('question.reveal', { names: PERSONAL }),
    // Programs send it in the URL, so that a caller without permission is rejected before uploading a file. The form
    // shows it only to users with permission.
    at: {
      inspect: message('cli.option.reveal'),
      scan: message('cli.option.reveal'),
      query: true,
      form: true,
      page: true,
      library: true,
    },
  },
  /** Sidecars of the file: a C2PA manifest store to validate against, and XMP. They are distinguished by their bytes. */
  sidecar: {
    type: 'file',
    times: 'often',
    value: 'file',
    description: message('question.sidecar'),
    at: { inspect: message('cli.inspect.sidecar'), form: true, json: true, page: true, library: true },
  },
  /** Initialisation segment of segments of fragmented BMFF, used to read and validate each of them. */
  init: {
    type: 'file',
    times: 'once',
    value: 'file',
    description: message('question.init'),
    at: { inspect: message('cli.inspect.init'), form: true, json: true, library: true },
  },
} as const satisfies Record<string, OptionSpec>;

type OptionSpecs = typeof OPTION_SPECS;
export type OptionName = keyof OptionSpecs;
/** Options accepted by an interface. */
export type OptionNameAt<D extends EntryPoint> = D extends EntryPoint
  ? { [N in OptionName]: OptionSpecs[N]['at'] extends { [K in D]: unknown } ? N : never }[OptionName]
  : never;
/** Options of a kind of value. */
export type OptionNameOfType<T extends OptionType> = {
  [N in OptionName]: OptionSpecs[N]['type'] extends T ? N : never;
}[OptionName];

type OptionValue<M extends OptionSpec> = M extends { type: 'words'; words: readonly (infer W)[] }
  ? W[]
  : M extends { words: readonly (infer W)[] }
    ? W
    : M extends { type: 'names' }
      ? string[]
      : M extends { type: 'yes' }
        ? boolean
        : string;

/** Options as given by the caller, without defaults. */
export type RequestedOptions = {
  -readonly [N in keyof Omit<OptionSpecs, OptionNameOfType<'file'>>]?: OptionValue<OptionSpecs[N]>;
};
export type RequestedOptionName = keyof RequestedOptions;

// Cast is safe, because these are the keys of a constant in this file.
const OPTION_NAMES = Object.keys(OPTION_SPECS) as OptionName[];

/** Returns the options of an interface in the order of the rows, which is that of help and API description. */
export const optionsAt = <D extends EntryPoint>(door: D): OptionNameAt<D>[] =>
  OPTION_NAMES.filter((name): name is OptionNameAt<D> => door in OPTION_SPECS[name].at);

export const optionSpec = (name: OptionName): OptionSpec => OPTION_SPECS[name];
