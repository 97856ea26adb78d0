import { speechOf } from '../../../say/speech.js';
import type { Carrier } from '../../evidence.js';
import { quoted } from '../../quoted.js';
import type { SentenceWords } from '../sentence.js';
import { carriers } from './carriers.js';
import { contradictions } from './contradictions.js';
import { credentialSentences } from './sentence-credentials.js';
import { medium } from './sentence-history.js';
import { OBSERVED, traces } from './sentence-traces.js';
import { termWords } from './source-types.js';

/** English. Each sentence survives being quoted alone: "the file states", never that something is so. */

const REST =
  'Most files carry none, and platforms often remove them. This says nothing about how the content was made.';

/** Without what stands in brackets behind the name: these names stand in brackets themselves. */
const bare = (carrier: Carrier): string => carriers[carrier].replace(/ \(.*\)$/, '');

const GB_READINGS = {
  generated: 'says “is AI-generated”',
  possible: 'says “may be AI-generated”',
  suspected: 'says “is suspected to be AI-generated”',
} as const;

export const sentences: SentenceWords = {
  joined: (all) => all.join(' '),
  emptyFile: 'This file is empty: it has no bytes to look into.',
  unreadFile: (reason) =>
    `This file could not be read (${speechOf('en').say(reason).replace(/\.$/, '')}), so what it states is not known. This says nothing about how it was made.`,
  notFinished:
    'Not finished: the time allowed for this file ran out, so what it states is not known. Try again.',
  cutOff: {
    most: 'File cut off: most of it is missing. Get a whole copy before drawing any conclusion.',
    end: 'File cut off: its end is missing, with whatever stood there. Get a whole copy before drawing any conclusion.',
  },
  unrecognisedFormat:
    'The format of this file was not recognised, so nothing in it was read. This says nothing about how it was made.',
  formatNotRead: (format, aside) => {
    switch (aside) {
      case 'holdsFiles':
        return `${format} files are not read by this version: neither this one nor the files it may hold were looked into, so what they state is not known. This says nothing about how they were made.`;
      case 'packed':
        return `${format} files are not unpacked by this version, so what stands in this one is not known. This says nothing about how it was made.`;
      case 'segment':
        return 'This is a segment of a stream; give the init file too, joined with it in front. Alone it was not read, so what it states is not known. This says nothing about how it was made.';
      case 'credentials':
        return 'This is a file of Content Credentials (C2PA), which is kept beside the file that it describes. Give it together with that file: with --sidecar on the command line, or added on the page. Alone it was not read.';
      case 'metadata':
        return 'This is a file of metadata (XMP), which is kept beside the file that it describes. It is not read by this version, so what it states is not known. This says nothing about how that file was made.';
      default:
        return `${format} files are not read by this version, so what this one states is not known. This says nothing about how it was made.`;
    }
  },
  nothing: (credentials, format) => {
    if (credentials === 'looked-for')
      return `No Content Credentials, AI label or generator trace was found. ${REST}`;
    return `No AI label or generator trace was found. Content Credentials have no standard place in ${format} files. ${REST}`;
  },
  nothingElse: (rest, kind) =>
    `In ${rest === 'itself' ? `the ${medium(kind)} itself` : 'the parts that were read'}, no AI label or generator trace was found. This says nothing about how the content was made.`,
  furtherAssets: (reason) => speechOf('en').say(reason),
  unreadParts: (those, more) => {
    const named = those.map(bare);
    const all = more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
    return `Parts of this file could not be read (${all}), so a label there would have been missed.`;
  },
  lateParts: (those, more) => {
    const named = those.map(bare);
    const all = more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
    return `Not finished: the time allowed ran out before parts of this file were read (${all}), so a label there would have been missed. Try again.`;
  },
  exclude: (statement) =>
    `Two statements in this file exclude each other: ${statement.charAt(0).toLowerCase()}${statement.slice(1)}`,
  credentials: credentialSentences,
  labels: {
    sourceTypes: (labels) => {
      const said = labels.map(({ term, written }) =>
        term === 'unrecognised'
          ? `holds ${quoted(written ?? '')}, which is no term of the vocabulary`
          : `says that it ${termWords(term)} (${term}${written === undefined ? '' : `, written as ${quoted(written)}`})`,
      );
      return `Its XMP label (IPTC digitalSourceType) ${[...new Set(said)].join(' and ')}.`;
    },
    gbShell:
      'It carries the key of a Chinese AI label (GB 45438-2025), and no field of the label could be read in it.',
    gb: (readings, producer) => {
      const said = readings.map((one) =>
        typeof one === 'string' ? GB_READINGS[one] : `holds ${quoted(one.odd)}, a value outside the standard`,
      );
      const says =
        said.length > 0 ? ` that ${said.join(' and ')}` : ' that does not say whether it is AI-generated';
      const aside = typeof readings.at(-1) === 'object' ? ',' : '';
      const names = producer === undefined ? '' : `${aside} and names producer ${quoted(producer)}`;
      return `It carries a Chinese AI label (GB 45438-2025)${says}${names}.`;
    },
    credits: (lines) => `Its credit line (IPTC) reads ${lines.map(quoted).join(' and ')}.`,
    marked: (by, tool = 'a platform', observed) => {
      const who = {
        creator: 'that its creator marked as',
        platform: 'that the platform marked as',
        unknown: '',
      }[by];
      const note = observed ? ` (${OBSERVED})` : '';
      return `It carries a label of ${tool} for content ${who === '' ? '' : `${who} `}made with AI${note}.`;
    },
    systems: (names) =>
      `Its metadata (IPTC) names an AI system that was used, ${names.map(quoted).join(' and ')}.`,
  },
  traces,
  contradictions,
  caveats: {
    unsigned: (count) =>
      count === 1
        ? 'The label is not signed: anyone can write or remove it.'
        : 'These labels are not signed: anyone can write or remove them.',
    ownSignature: () =>
      'A signature in the label matches its fields, and its key stands in the label too: anyone can make or remove such a label.',
    ownSignatureBroken: () =>
      'A signature in the label does not match its fields: anyone can write or remove such a label.',
    ownSignatureUnchecked: () =>
      'A signature in the label could not be checked: anyone can write or remove such a label.',
    text: () => 'Such text can be copied into any file.',
    mark: () => 'Such a mark can be copied into any file.',
    watermark: () => 'Anyone can put such a watermark into a picture.',
  },
};
