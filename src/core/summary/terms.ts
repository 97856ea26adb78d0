import { listSaid } from '../../say/amounts.js';
import { type PlainId, type Said, said } from '../../say/said.js';
import { ACTIONS, actionId } from '../c2pa/c2pa-terms.js';
import { plain, plainName } from '../ground/quoted.js';
import type { Carrier } from '../media/carrier.js';
import { DIGITAL_SOURCE_TYPES } from '../signals/source-types.js';
import type { MarkStep } from '../signatures/c2pa-watermark-edits.js';
import { TOOL_NAMES } from '../signatures/tool-names.js';

/** Terms, tools and the file's own words as they stand within a sentence: each language has its own for what we know. */

const MARKS = {
  'c2pa.edited (invisible watermark)': 'sentence.mark.invisible',
  'c2pa.edited (visible watermark)': 'sentence.mark.visible',
} as const satisfies Record<MarkStep, PlainId>;

/** A step of a history. */
export function actionSaid(action: string): Said {
  const known = ACTIONS.find((one) => one === action);
  if (known !== undefined) return said(actionId(known));
  const mark = Object.entries(MARKS).find(([step]) => step === action)?.[1];
  return mark === undefined ? nameQuoted(action) : said(mark);
}

/** A digital source type, to go on after what it speaks of. */
export function sourceTypeSaid(term: string): Said {
  const known = DIGITAL_SOURCE_TYPES.find((one) => one === term);
  return known === undefined ? said('sentence.source.outside') : said(`term.sourceType.${known}`);
}

/** A tool of our tables. */
export function toolSaid(tool: string): Said {
  const id = Object.hasOwn(TOOL_NAMES, tool) ? TOOL_NAMES[tool] : undefined;
  return id === undefined ? said('text.asWritten', { text: plain(tool) }) : said(id);
}

export const toolsSaid = (tools: readonly string[]): Said => listSaid(tools.map(toolSaid));

/** The file's own words, short and in quotation marks, so that they cannot pass for ours. */
export const quotedSaid = (text: string): Said => said('text.quoted', { text: plain(text) });

/** The same of a name: enough to know it by, too little to make a claim of. */
export const nameQuoted = (text: string): Said => said('text.quoted', { text: plainName(text) });

/** Without what stands in brackets behind the name: these names stand in brackets themselves. */
const SHORT: Readonly<Partial<Record<Carrier, PlainId>>> = {
  c2pa: 'sentence.carrier.c2pa',
  seft: 'sentence.carrier.seft',
  broadcastWave: 'sentence.carrier.broadcastWave',
  sei: 'sentence.carrier.sei',
};

export const carrierSaid = (carrier: Carrier): Said => said(SHORT[carrier] ?? `carrier.${carrier}`);
