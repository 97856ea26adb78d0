import { MUTATORS } from '../mutators/index.js';
import { Tree } from '../structure/tree.js';
import { walkDer } from '../structure/values.js';

/** Manipulates PEM lists of certificates: whole blocks, the text around them, and the content of a block. */

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\r?\n?/g;
const LABELS = ['TRUSTED CERTIFICATE', 'X509 CRL', 'PRIVATE KEY', 'certificate', 'CERTIFICATE REQUEST', ''];
const BETWEEN = [
  '\0',
  '\ufeff',
  '\r',
  '# note\n',
  'Subject: \u202egnp\n',
  '-----BEGIN',
  '-----\n',
  '\u2028',
  '=',
];

/** @param {{ text: string, random: import('../random.js').Random, others: () => string }} from */
export function liedPem({ text, random, others }) {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) return text;
  const at = random.below(blocks.length);
  const block = blocks[at];
  const put = (...now) => [...blocks.slice(0, at), ...now, ...blocks.slice(at + 1)].join('');
  switch (random.below(10)) {
    case 0:
      return put(...Array(random.small(4_096)).fill(block));
    case 1:
      return put();
    case 2:
      return put(block, random.pick(others().match(BLOCK) ?? [block]));
    case 3:
      return put(block.replaceAll(' CERTIFICATE', ` ${random.pick(LABELS)}`));
    case 4:
      return put(block.replaceAll('\n', random.pick(['\r\n', '\r', '', ' \n', '\n\n'])));
    case 5:
      return put(random.pick(BETWEEN).repeat(random.small(65_536)), block);
    case 6:
      return put(block.slice(0, random.below(block.length)));
    case 7:
      return put(block.replace('\n', `\n${random.pick(BETWEEN)}`));
    default:
      return put(encoded(liedDer(bytesOf(block), random, () => bytesOf(random.pick(blocks)))));
  }
}

function liedDer(bytes, random, other) {
  const seed = (of) => ({ bytes: of, tree: treeOf(of) });
  return random
    .pick(MUTATORS)({ ...seed(bytes), random, other: () => seed(other()) })
    .subarray(0, 256 * 1024);
}

/** A bare certificate has no signature bytes that identify it. */
function treeOf(bytes) {
  const tree = new Tree(bytes);
  walkDer(tree, 0, bytes.length, -1);
  return tree;
}

const bytesOf = (block) => Buffer.from(block.replace(/-----[^-]*-----/g, ''), 'base64');
const encoded = (der) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
