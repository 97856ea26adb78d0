import { listSaid } from '../../say/amounts.js';
import { type PlainId, type Said, said } from '../../say/said.js';
import { ACTIONS, actionId } from '../c2pa/c2pa-terms.js';
import { plain, plainName } from '../ground/quoted.js';
import { table } from '../ground/table.js';
import type { Carrier } from '../media/carrier.js';
import { DIGITAL_SOURCE_TYPES } from '../signals/source-types.js';
import { MARK_STEPS, type MarkStep } from '../signatures/c2pa-watermark-edits.js';
import { TOOL_NAMES } from '../signatures/tool-names.js';

/** Terms, tools and the file's own words as they stand within a sentence: each language has its own for what we know. */

const MARKS = {
  'c2pa.edited (invisible watermark)': 'invisible',
  'c2pa.edited (visible watermark)': 'visible',
  'c2pa.edited (watermark)': 'watermark',
} as const satisfies Record<MarkStep, string>;

/** A step of a history, by its action or the mark it put in. A code that the standard does not know tells a reader nothing. */
export function actionSaid(step: string): Said {
  const known = ACTIONS.find((one) => one === step);
  if (known !== undefined) return said(actionId(known));
  const mark = MARK_STEPS.find((one) => one === step);
  return said('sentence.step', { step: mark === undefined ? 'unnamed' : MARKS[mark] });
}

/** The steps that have a short form, by what they are named by in the catalogues. */
const STEPS = {
  'c2pa.addedText': 'text',
  'c2pa.adjustedColor': 'colour',
  'c2pa.color_adjustments': 'colour',
  'c2pa.changedSpeed': 'speed',
  'c2pa.converted': 'converted',
  'c2pa.created': 'created',
  'c2pa.cropped': 'cropped',
  'c2pa.deleted': 'deleted',
  'c2pa.drawing': 'drawing',
  'c2pa.dubbed': 'dubbed',
  'c2pa.edited': 'edited',
  'c2pa.edited.metadata': 'metadata',
  'c2pa.enhanced': 'enhanced',
  'c2pa.filtered': 'filtered',
  'c2pa.opened': 'opened',
  'c2pa.orientation': 'orientation',
  'c2pa.placed': 'placed',
  'c2pa.published': 'published',
  'c2pa.redacted': 'redacted',
  'c2pa.removed': 'removed',
  'c2pa.repackaged': 'repackaged',
  'c2pa.resized': 'resized',
  'c2pa.resized.proportional': 'resized',
  'c2pa.transcoded': 'transcoded',
  'c2pa.translated': 'translated',
  'c2pa.trimmed': 'trimmed',
  'c2pa.unknown': 'other',
  'c2pa.watermarked': 'invisible',
  'c2pa.watermarked.bound': 'invisible',
  'c2pa.watermarked.unbound': 'invisible',
  ...MARKS,
} as const satisfies Record<(typeof ACTIONS)[number] | MarkStep, string>;

const STEP_NAMES: Readonly<Record<string, (typeof STEPS)[keyof typeof STEPS]>> = table(STEPS);

/** A step in the short form of a list: “opened, cropped, 2 items placed in”. */
export function stepSaid(action: string, times: number): Said {
  const step = STEP_NAMES[action];
  if (step === undefined) return said('sentence.step.ownKind', { times });
  return step === 'placed' ? said('sentence.step.placed', { times }) : said('sentence.step', { step });
}

/** One name for all steps that have none in the standard: their codes are the signer's, and mean something to it alone. */
export const stepKind = (action: string): string => (Object.hasOwn(STEPS, action) ? action : OWN_KIND);
const OWN_KIND = 'no standard name';

/** Steps that change nothing a viewer perceives, as clauses (“the format was converted”), and how many have none. */
export function aftersSaid(actions: readonly string[]): { clauses: Said[]; others: number } {
  const names = new Set(actions.map((action) => STEP_NAMES[action] ?? action));
  const both = names.has('visible') && names.has('invisible');
  const known = AFTER.filter((one) => names.has(one) && !(both && one === 'visible'));
  const clauses = [
    ...(both ? [said('sentence.after', { step: 'marks' })] : []),
    ...known.map((step) => said('sentence.after', { step })),
    ...(names.has('invisible') && !both ? [said('sentence.after', { step: 'other' })] : []),
  ];
  return { clauses, others: names.size - clauses.length - (both ? 1 : 0) };
}

const AFTER = [
  'visible',
  'watermark',
  'converted',
  'published',
  'repackaged',
  'transcoded',
  'resized',
  'enhanced',
  'metadata',
  'redacted',
] as const;

/** What a digital source type says, short, for quotation marks. */
export function sourceTypeSaid(term: string): Said {
  const known = DIGITAL_SOURCE_TYPES.find((one) => one === term);
  return said('sentence.says', { term: known ?? 'other' });
}

/** A tool of our tables. */
export function toolSaid(tool: string): Said {
  const id = Object.hasOwn(TOOL_NAMES, tool) ? TOOL_NAMES[tool] : undefined;
  return id === undefined ? said('text.asWritten', { text: plain(tool) }) : said(id);
}

/** Without what stands in brackets behind a name of our table: several tools that write alike. */
export function shortTool(tool: string): Said {
  const [name = tool, ...others] = tool.split(' (');
  return others.length === 0 ? toolSaid(tool) : said('text.asWritten', { text: plain(name) });
}

const MOST_TOOLS = 2;

/** As many as a sentence bears, and how many more there are. */
export function toolsSaid(tools: readonly Said[]): Said {
  const more = tools.length - MOST_TOOLS;
  const named = listSaid(tools.slice(0, MOST_TOOLS));
  return more > 0 ? said('sentence.toolsAndMore', { tools: [...tools.slice(0, MOST_TOOLS)], more }) : named;
}

/** In quotation marks, so that it cannot pass for our words: enough to know it by, too little to make a claim of. */
export const nameQuoted = (text: string): Said => said('text.quoted', { text: plainName(text) });

/** Without what stands in brackets behind the name: these names stand in brackets themselves. */
const SHORT: Readonly<Partial<Record<Carrier, PlainId>>> = {
  c2pa: 'sentence.carrier.c2pa',
  seft: 'sentence.carrier.seft',
  broadcastWave: 'sentence.carrier.broadcastWave',
  sei: 'sentence.carrier.sei',
};

export const carrierSaid = (carrier: Carrier): Said => said(SHORT[carrier] ?? `carrier.${carrier}`);
