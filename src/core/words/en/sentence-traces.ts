import type { Kind } from '../../media-types.js';
import { quoted } from '../../quoted.js';
import type { GraphSentences, ToolTrace, TraceSentences } from '../sentence.js';
import { listed } from './numbers.js';

/** English for generators' traces, proofs over pixels and watermarks that were read in them. */

/** Media in the plural, as tools make them. */
const MEDIA = {
  image: 'pictures',
  video: 'videos',
  audio: 'sound files',
  document: 'documents',
  other: 'files',
} as const satisfies Record<Kind, string>;

export const OBSERVED = 'observed by others; we have no sample of it';

/** A row may name a family of tools that write alike; what stands in brackets belongs to one name. */
const SEVERAL = /, | or | and /;

/** One of them, as the file at hand is one. */
const MEDIUM = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
  document: 'document',
  other: 'file',
} as const satisfies Record<Kind, string>;

const graph: GraphSentences = {
  service({ kind, fromPicture, paintedOver }, services) {
    const source = fromPicture ? ' from a source picture' : '';
    const over = paintedOver ? ' By these settings, parts of a source picture were painted over.' : '';
    return `A ComfyUI graph in this file has ${listed(services)} make ${MEDIA[kind]} with AI${source}.${over}`;
  },
  noStep: (kind) => `A ComfyUI workflow without a step that makes ${MEDIA[kind]} is in this file.`,
  unknownNode: (kind, node) =>
    `A ComfyUI graph in this file uses ${quoted(node)}, a node that we do not know, so it does not tell whether AI made the ${MEDIUM[kind]}.`,
  elsewhere: (kind, node) =>
    `A ComfyUI graph in this file holds a step that makes ${MEDIA[kind]} (${quoted(node)}), but not on the way to what it saves, so it does not tell whether AI made this one.`,
  notFollowed: (kind) =>
    `A ComfyUI graph in this file was not followed to its end, so it does not tell whether AI made the ${MEDIUM[kind]}.`,
  onlyDrawn: (kind) =>
    kind === 'image'
      ? 'A ComfyUI workflow for the editor is in this file, without the record of a run; such a picture is as often one of the editor itself.'
      : `A ComfyUI workflow for the editor is in this file, without the record of a run, so it does not tell how the ${MEDIUM[kind]} was made.`,
  scaled: (kind) =>
    `A ComfyUI graph in this file enlarges a loaded ${MEDIUM[kind]} with a model, and does not tell how that one was made.`,
};

export const traces: TraceSentences = {
  proofHolds:
    'A signature that NovelAI puts over the pixels holds: these exact pixels were signed by NovelAI.',
  proofBroken:
    'It carries a signature that NovelAI puts over the pixels, and that does not match these pixels and settings.',
  unnamedTool: 'an image or sound generator',
  tool(trace) {
    const { settings, fromPicture, paintedOver } = trace;
    const names = listed(trace.names);
    const [they, s] = SEVERAL.test(names.replace(/\([^)]*\)/g, '')) ? ['they', ''] : ['it', 's'];
    const what =
      settings === undefined ? `a mark that ${names} leave${s} in` : `settings that ${names} write${s} into`;
    const media = MEDIA[trace.kind];
    const makes = trace.generated ? `${media} ${they} make${s}` : `${media} ${they} edit${s} with AI`;
    // “settings”, not one more list: what was found of these is named in brackets.
    const list = settings !== undefined && settings.length > 0 ? ` (${settings.join(', ')})` : '';
    const source = fromPicture ? ' from a source picture' : '';
    const over = paintedOver ? ' By these settings, parts of a source picture were painted over.' : '';
    return `It holds ${what} ${makes}${source}${list}.${over}`;
  },
  observed(trace: ToolTrace) {
    const names = listed(trace.names);
    const media = MEDIA[trace.kind];
    const made = trace.generated ? `${media} from ${names}` : `${media} edited with AI in ${names}`;
    return `It holds a mark of the kind found in ${made} (${OBSERVED}).`;
  },
  onlyClaimed: (names) =>
    `It holds a hint of ${listed(names)} that is only claimed by others and decides nothing.`,
  graph,
  undecided: (names) => `It holds a trace of ${listed(names)} that does not say how the whole was made.`,
  watermark: (tool) =>
    `Its pixels carry the pattern of a watermark known from ${tool ?? 'an image generator'}.`,
};
