import type { SignalRow } from './row.js';

/** The answers that the signals of one kind share. A signal that differs in one says so in its own row. */

/** What stands nowhere in credentials, states nothing and explains nothing. */
const PLAIN = {
  states: 'nothing',
  decides: null,
  contradicts: [],
  gathered: null,
  row: null,
  inCredentials: null,
  missing: null,
  opens: 'nothing',
  place: 'before-names',
  trace: null,
  label: null,
} as const satisfies Omit<SignalRow, 'by' | 'backing'>;

/** Facts of a manifest store that no part of its bytes leaves open. */
export const STORE = {
  ...PLAIN,
  by: 'manifest',
  backing: 'signer',
  inCredentials: [],
  missing: 'there',
  opens: 'field',
} as const satisfies SignalRow;

/** What a manifest states. */
export const STATEMENT = { ...STORE, inCredentials: ['statements'] } as const satisfies SignalRow;

/** What the rubric reads from the assertions as they were signed. */
export const RUBRIC = { ...STORE, inCredentials: ['claims', 'statements'] } as const satisfies SignalRow;

/** A watermark of which a manifest speaks. */
export const DECLARED_WATERMARK = {
  ...STATEMENT,
  by: 'watermark',
  row: 'credentials',
  opens: 'free-text',
} as const satisfies SignalRow;

/** Whom a CAWG identity assertion names. */
export const IDENTITY = { ...STATEMENT, by: 'identity', row: 'credentials' } as const satisfies SignalRow;

/** IPTC properties that anyone can write. */
export const IPTC = {
  ...PLAIN,
  by: 'iptc',
  backing: 'label',
  row: 'otherLabels',
  missing: 'there',
  opens: 'free-text',
} as const satisfies SignalRow;

/** IPTC's properties on AI. */
export const IPTC_AI = { ...IPTC, row: 'labels' } as const satisfies SignalRow;

export const CREDIT_LINE = {
  ...IPTC_AI,
  by: 'iptc-credit',
  states: 'its-signature',
  decides: 'generator',
  contradicts: ['stated'],
  gathered: { into: 'file.aiMark.unsigned', leavesOpen: true },
} as const satisfies SignalRow;

/** The elements and the form of a GB 45438 label belong to its rules: a page shows only what the label says. */
export const GB45438_FORM = {
  ...PLAIN,
  by: 'gb45438',
  backing: 'label',
  missing: 'there',
  opens: 'free-text',
} as const satisfies SignalRow;

export const GB45438 = { ...GB45438_FORM, row: 'labels' } as const satisfies SignalRow;

/** What creators and platforms mark as made with AI. */
export const PLATFORM_LABEL = {
  ...PLAIN,
  by: 'platform-label',
  backing: 'label',
  states: 'ai-generated',
  decides: 'label',
  contradicts: ['stated'],
  gathered: { into: 'file.aiMark.unsigned', leavesOpen: true },
  row: 'labels',
  missing: 'there',
  opens: 'field',
} as const satisfies SignalRow;

/** What a generator or an AI editor leaves: its signature row says what that proves. */
export const GENERATOR = {
  ...PLAIN,
  by: 'generator',
  backing: 'trace',
  states: 'its-signature',
  decides: 'generator',
  contradicts: ['stated'],
  gathered: { into: 'file.aiTrace', leavesOpen: true },
  row: 'traces',
  missing: 'there',
  opens: 'free-text',
  trace: 'mark',
} as const satisfies SignalRow;

/** What the pixels show. */
export const PIXELS = {
  ...PLAIN,
  by: 'watermark',
  backing: 'trace',
  row: 'traces',
  missing: 'there',
  opens: 'free-text',
  place: 'behind-platform-hints',
} as const satisfies SignalRow;

export const CAMERA = {
  ...PLAIN,
  by: 'camera',
  backing: 'trace',
  row: 'camera',
} as const satisfies SignalRow;

/** What a camera or recorder leaves, by its signature row. */
export const CAMERA_TRACE = {
  ...CAMERA,
  contradicts: ['camera'],
  place: 'camera-traces',
} as const satisfies SignalRow;

export const EDITOR = {
  ...PLAIN,
  by: 'editor',
  backing: 'trace',
  row: 'editor',
  opens: 'field',
  place: 'behind-camera-traces',
} as const satisfies SignalRow;

/** What a platform leaves; each says which path it tells of. */
export const PLATFORM = {
  ...EDITOR,
  by: 'platform',
  row: 'platform',
} as const satisfies SignalRow;

/** What the form of a file's name suggests. */
export const PLATFORM_HINT = { ...PLATFORM, place: 'platform-hints' } as const satisfies SignalRow;

/** What Assay sees of the file itself. */
export const FILE = {
  ...PLAIN,
  by: 'assay',
  backing: 'seen',
  row: 'file',
  place: 'behind-platform-hints',
} as const satisfies SignalRow;

/** Gathered for the rules from signals that have rows of their own. */
export const GATHERED = {
  ...FILE,
  backing: 'gathered',
  row: null,
  place: 'gathered',
} as const satisfies SignalRow;

/** What is known of a signal that this version does not know. */
export const UNKNOWN = { ...PLAIN, by: 'assay', backing: 'trace' } as const satisfies SignalRow;
