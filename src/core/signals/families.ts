import type { SignalRow } from './row.js';

/** Default rows shared by the signals of one family. A signal overrides members in its own row. */

/** Signals outside credentials that state nothing and explain no missing label. */
const BASE = {
  states: 'nothing',
  decides: null,
  contradicts: [],
  gathering: null,
  pageRow: null,
  neededParts: null,
  explainsMissing: null,
  discloses: 'nothing',
  order: 'before-names',
  trace: null,
  label: null,
} as const satisfies Omit<SignalRow, 'maker' | 'backing'>;

/** Facts of a manifest store that stay known whatever part of its bytes is missing. */
export const STORE = {
  ...BASE,
  maker: 'manifest',
  backing: 'signer',
  neededParts: [],
  explainsMissing: 'there',
  discloses: 'field',
} as const satisfies SignalRow;

/** Statements of a manifest. */
export const STATEMENT = { ...STORE, neededParts: ['statements'] } as const satisfies SignalRow;

/** Facts that the rubric reads from the assertions as signed. */
export const RUBRIC = { ...STORE, neededParts: ['claims', 'statements'] } as const satisfies SignalRow;

/** Watermarks that a manifest declares. */
export const DECLARED_WATERMARK = {
  ...STATEMENT,
  maker: 'watermark',
  pageRow: 'credentials',
  discloses: 'free-text',
} as const satisfies SignalRow;

/** Persons and organisations named by a CAWG identity assertion. */
export const IDENTITY = {
  ...STATEMENT,
  maker: 'identity',
  pageRow: 'credentials',
} as const satisfies SignalRow;

/** IPTC properties, which anyone can write. */
export const IPTC = {
  ...BASE,
  maker: 'iptc',
  backing: 'label',
  pageRow: 'otherLabels',
  explainsMissing: 'there',
  discloses: 'free-text',
} as const satisfies SignalRow;

/** IPTC properties about AI. */
export const IPTC_AI = { ...IPTC, pageRow: 'labels' } as const satisfies SignalRow;

export const CREDIT_LINE = {
  ...IPTC_AI,
  maker: 'iptc-credit',
  states: 'its-signature',
  decides: 'generator',
  contradicts: ['stated'],
  gathering: { fact: 'file.aiMark.unsigned', isRequired: true },
} as const satisfies SignalRow;

/** Elements and form of a GB 45438 label. They are used by its rules; a page shows only the label's statement. */
export const GB45438_FORM = {
  ...BASE,
  maker: 'gb45438',
  backing: 'label',
  explainsMissing: 'there',
  discloses: 'free-text',
} as const satisfies SignalRow;

export const GB45438 = { ...GB45438_FORM, pageRow: 'labels' } as const satisfies SignalRow;

/** Labels of creators and platforms for content made with AI. */
export const PLATFORM_LABEL = {
  ...BASE,
  maker: 'platform-label',
  backing: 'label',
  states: 'ai-generated',
  decides: 'label',
  contradicts: ['stated'],
  gathering: { fact: 'file.aiMark.unsigned', isRequired: true },
  pageRow: 'labels',
  explainsMissing: 'there',
  discloses: 'field',
} as const satisfies SignalRow;

/** Traces of generators and AI editors. The signature row determines what they prove. */
export const GENERATOR = {
  ...BASE,
  maker: 'generator',
  backing: 'trace',
  states: 'its-signature',
  decides: 'generator',
  contradicts: ['stated'],
  gathering: { fact: 'file.aiTrace', isRequired: true },
  pageRow: 'traces',
  explainsMissing: 'there',
  discloses: 'free-text',
  trace: 'mark',
} as const satisfies SignalRow;

/** Findings in the pixels. */
export const PIXELS = {
  ...BASE,
  maker: 'watermark',
  backing: 'trace',
  pageRow: 'traces',
  explainsMissing: 'there',
  discloses: 'free-text',
  order: 'behind-platform-hints',
} as const satisfies SignalRow;

/** Marks that people see in the picture. They state nothing, decide nothing and contradict nothing. */
export const VISIBLE = {
  ...BASE,
  maker: 'watermark',
  backing: 'trace',
  pageRow: 'file',
  order: 'behind-platform-hints',
} as const satisfies SignalRow;

export const CAMERA = {
  ...BASE,
  maker: 'camera',
  backing: 'trace',
  pageRow: 'camera',
} as const satisfies SignalRow;

/** Traces of cameras and recorders, by signature row. */
export const CAMERA_TRACE = {
  ...CAMERA,
  contradicts: ['camera'],
  order: 'camera-traces',
} as const satisfies SignalRow;

export const EDITOR = {
  ...BASE,
  maker: 'editor',
  backing: 'trace',
  pageRow: 'editor',
  discloses: 'field',
  order: 'behind-camera-traces',
} as const satisfies SignalRow;

/** Traces of platforms, each identifying one path of distribution. */
export const PLATFORM = {
  ...EDITOR,
  maker: 'platform',
  pageRow: 'platform',
} as const satisfies SignalRow;

/** Hints from the form of a file's name. */
export const PLATFORM_HINT = { ...PLATFORM, order: 'platform-hints' } as const satisfies SignalRow;

/** Facts that Assay determines from the file itself. */
export const FILE = {
  ...BASE,
  maker: 'assay',
  backing: 'seen',
  pageRow: 'file',
  order: 'behind-platform-hints',
} as const satisfies SignalRow;

/** Facts for rules, gathered from signals with rows of their own. */
export const GATHERED = {
  ...FILE,
  backing: 'gathered',
  pageRow: null,
  order: 'gathered',
} as const satisfies SignalRow;

/** Default for signals that this version does not know. */
export const UNKNOWN_SIGNAL = { ...BASE, maker: 'assay', backing: 'trace' } as const satisfies SignalRow;
