import { shortenName, shortenUnquoted } from '../../base/quoted.js';
import { lookupTable } from '../../base/table.js';
import { listMessage } from '../../i18n/amounts.js';
import { type Message, message, type PlainMessageId } from '../../i18n/message.js';
import { ACTION_TERMS, actionMessageSuffix } from '../c2pa/c2pa-terms.js';
import type { Carrier } from '../media/carrier.js';
import { DIGITAL_SOURCE_TYPES } from '../signals/source-types.js';
import { WATERMARK_STEPS, type WatermarkStep } from '../signatures/c2pa-watermark-edits.js';
import { TOOL_NAMES } from '../signatures/tool-names.js';

/** Messages for terms, tools and text from the file within a sentence; terms we know are translated. */

const MARKS = {
  'c2pa.edited (invisible watermark)': 'invisible',
  'c2pa.edited (visible watermark)': 'visible',
  'c2pa.edited (watermark)': 'watermark',
} as const satisfies Record<WatermarkStep, string>;

/**
 * Returns the message for a step, by its action or the mark it added. Codes outside the standard mean nothing to
 * readers and are not shown.
 */
export function actionMessage(step: string): Message {
  const known = ACTION_TERMS.find((one) => one === step);
  if (known !== undefined) return message(actionMessageSuffix(known));
  const mark = WATERMARK_STEPS.find((one) => one === step);
  return message('sentence.step', { step: mark === undefined ? 'unnamed' : MARKS[mark] });
}

/** Steps with a short form, mapped to their names in the catalogues. */
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
} as const satisfies Record<(typeof ACTION_TERMS)[number] | WatermarkStep, string>;

const STEP_NAMES: Readonly<Record<string, (typeof STEPS)[keyof typeof STEPS]>> = lookupTable(STEPS);

/** Returns a step in the short form of a list: “opened, cropped, 2 items placed in”. */
export function stepMessage(action: string, times: number): Message {
  const step = STEP_NAMES[action] ?? 'other';
  return step === 'placed' ? message('sentence.step.placed', { times }) : message('sentence.step', { step });
}

/** Returns whether the step has a short form; the codes of others are meaningful only to the signer. */
export const hasStepName = (action: string): boolean => STEP_NAMES[action] !== undefined;

/** Returns the number of steps without a short form, where there are no others. */
export const ownStepsMessage = (times: number): Message => message('sentence.step.ownKind', { times });

/**
 * Returns steps that change nothing a viewer perceives as clauses (“the format was converted”), and the number of those
 * without one.
 */
export function followingStepMessages(actions: readonly string[]): { clauses: Message[]; others: number } {
  const names = new Set(actions.map((action) => STEP_NAMES[action] ?? action));
  const both = names.has('visible') && names.has('invisible');
  const known = AFTER.filter((one) => names.has(one) && !(both && one === 'visible'));
  const clauses = [
    ...(both ? [message('sentence.after', { step: 'marks' })] : []),
    ...known.map((step) => message('sentence.after', { step })),
    ...(names.has('invisible') && !both ? [message('sentence.after', { step: 'other' })] : []),
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

/** Returns a short quotation of what a digital source type states. */
export function sourceTypeMessage(term: string): Message {
  const known = DIGITAL_SOURCE_TYPES.find((one) => one === term);
  return message('sentence.says', { term: known ?? 'other' });
}

/** Returns the message for a tool in our tables. */
export function toolMessage(tool: string): Message {
  const id = Object.hasOwn(TOOL_NAMES, tool) ? TOOL_NAMES[tool] : undefined;
  return id === undefined ? message('text.asWritten', { text: shortenUnquoted(tool) }) : message(id);
}

/** Returns the tool without the remark in brackets after its name, which lists several tools that write alike. */
export function shortToolMessage(tool: string): Message {
  const [name = tool, ...others] = tool.split(' (');
  return others.length === 0 ? toolMessage(tool) : message('text.asWritten', { text: shortenUnquoted(name) });
}

const MAX_TOOLS = 2;

/** Returns as many tools as fit a sentence, and the number of others. */
export function toolListMessage(tools: readonly Message[]): Message {
  const more = tools.length - MAX_TOOLS;
  const named = listMessage(tools.slice(0, MAX_TOOLS));
  return more > 0 ? message('sentence.toolsAndMore', { tools: [...tools.slice(0, MAX_TOOLS)], more }) : named;
}

/** Quotes a name, so that it cannot pass for our text: long enough to recognise it, too short to carry a claim. */
export const quoteName = (text: string): Message => message('text.quoted', { text: shortenName(text) });

/** Carrier names without their bracketed remark, because they appear in brackets themselves. */
const SHORT_NAMES: Readonly<Partial<Record<Carrier, PlainMessageId>>> = {
  c2pa: 'sentence.carrier.c2pa',
  seft: 'sentence.carrier.seft',
  broadcastWave: 'sentence.carrier.broadcastWave',
  sei: 'sentence.carrier.sei',
};

export const carrierMessage = (carrier: Carrier): Message =>
  message(SHORT_NAMES[carrier] ?? `carrier.${carrier}`);
