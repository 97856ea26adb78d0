import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { pdfLimits } from './pdf-limits.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Some words in one style. */
export interface Span {
  text: string;
  bold: boolean;
  code: boolean;
  soft: boolean;
  /** An https address. */
  link?: string;
}

/** One thing under another, as a sheet of paper has it. */
export type Block =
  | { kind: 'heading'; level: number; spans: Span[] }
  | { kind: 'text'; indent: number; marker: string; spans: Span[] }
  | { kind: 'rule' };

type Style = Omit<Span, 'text'>;
const PLAIN: Style = { bold: false, code: false, soft: false };

/** Elements that begin on a line of their own; all others run on. */
const BLOCKS = new Set(
  'address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Nothing to read on paper: pictures are for the page, buttons and scripts for a browser. */
const LEFT_OUT = new Set([
  'script',
  'style',
  'svg',
  'button',
  'template',
  'noscript',
  'form',
  'input',
  'nav',
]);

/** HTML of our renderers → blocks in reading order. Folded parts are open; tables become their rows, one under another. */
export function blocksOf(html: string): Block[] {
  const walker = new Walker();
  for (const node of parseFragment(html).childNodes) walker.visit(node, PLAIN);
  walker.end();
  return walker.blocks.slice(0, pdfLimits.blocks);
}

class Walker {
  readonly blocks: Block[] = [];
  #spans: Span[] = [];
  #heading: number | undefined;
  #marker = '';
  #indent = 0;
  readonly #numbers: (number | undefined)[] = [];

  visit(node: Node, style: Style): void {
    if (this.blocks.length > pdfLimits.blocks) return;
    if (node.nodeName === '#text' && 'value' in node) this.#add(node.value, style);
    else if ('tagName' in node) this.#element(node, style);
  }

  /** Closes the block that is open. */
  end(): void {
    const spans = trimmed(this.#spans);
    this.#spans = [];
    if (spans.length === 0) return;
    if (this.#heading === undefined) {
      this.blocks.push({ kind: 'text', indent: this.#indent, marker: this.#marker, spans });
    } else this.blocks.push({ kind: 'heading', level: this.#heading, spans });
    this.#marker = '';
  }

  #element(element: Element, style: Style): void {
    const { tagName: tag } = element;
    if (LEFT_OUT.has(tag)) return;
    if (tag === 'br') this.#add('\n', style);
    else if (BLOCKS.has(tag)) this.#block(element, tag, style);
    else this.#children(element, styled(element, style));
  }

  #block(element: Element, tag: string, style: Style): void {
    this.end();
    if (tag === 'hr') this.blocks.push({ kind: 'rule' });
    else if (/^h[1-6]$/.test(tag)) this.#inHeading(element, Number(tag.slice(1)), style);
    else if (tag === 'ul' || tag === 'ol') this.#list(element, tag, style);
    else if (tag === 'li') this.#item(element, style);
    else if (tag === 'dd' || tag === 'td') this.#further(element, style);
    else if (tag === 'tr') this.#row(element, style);
    else this.#children(element, styled(element, style));
    this.end();
  }

  #children(element: Element, style: Style): void {
    for (const child of element.childNodes) this.visit(child, style);
  }

  #inHeading(element: Element, level: number, style: Style): void {
    this.#heading = level;
    this.#children(element, { ...style, bold: true });
    this.end();
    this.#heading = undefined;
  }

  #list(element: Element, tag: 'ul' | 'ol', style: Style): void {
    this.#numbers.push(tag === 'ol' ? 0 : undefined);
    this.#deeper(() => this.#children(element, style));
    this.#numbers.pop();
  }

  #item(element: Element, style: Style): void {
    const number = this.#numbers.at(-1);
    if (number !== undefined) this.#numbers[this.#numbers.length - 1] = number + 1;
    this.#marker = number === undefined ? '•' : `${number + 1}.`;
    this.#children(element, style);
  }

  /** A value under its term. */
  #further(element: Element, style: Style): void {
    const label = attribute(element, 'data-label');
    this.#deeper(() => {
      if (label !== undefined && label !== '') this.#add(`${label}: `, { ...style, soft: true });
      this.#children(element, styled(element, style));
      this.end();
    });
  }

  /** A row of headings says nothing that its cells' labels do not. */
  #row(element: Element, style: Style): void {
    const cells = element.childNodes.filter((child): child is Element => 'tagName' in child);
    const labelled = cells.some((cell) => cell.tagName === 'td');
    if (!labelled && cells.every((cell) => attribute(cell, 'scope') === 'col')) return;
    this.#children(element, style);
  }

  #deeper(inside: () => void): void {
    const before = this.#indent;
    this.#indent = Math.min(before + 1, pdfLimits.indents);
    inside();
    this.end();
    this.#indent = before;
  }

  #add(text: string, style: Style): void {
    const words = text === '\n' ? text : text.replace(/[\t\n\f\r ]+/g, ' ');
    if (words !== '') this.#spans.push({ ...style, text: words });
  }
}

function styled(element: Element, style: Style): Style {
  switch (element.tagName) {
    case 'b':
    case 'strong':
    case 'th':
    case 'dt':
    case 'caption':
    case 'summary':
      return { ...style, bold: true };
    case 'code':
    case 'kbd':
    case 'samp':
    case 'pre':
      return { ...style, code: true };
    case 'small':
      return { ...style, soft: true };
    case 'a': {
      const address = attribute(element, 'href');
      return address?.startsWith('https://') ? { ...style, link: address } : style;
    }
    default:
      return style;
  }
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** Without the blanks at either end, and with one where two meet. */
function trimmed(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    const glued = last === undefined || /\s$/.test(last.text) ? span.text.trimStart() : span.text;
    if (glued !== '') out.push({ ...span, text: glued });
  }
  const last = out.pop();
  if (last === undefined) return out;
  const text = last.text.trimEnd();
  return text === '' ? out : [...out, { ...last, text }];
}
