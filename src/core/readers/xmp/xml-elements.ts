import { limits } from '../../../base/limits.js';

export interface SimpleElement {
  /** Names of the enclosing elements and of this one, without the root: `SPEED/NOTE`. */
  path: string;
  text: string;
}

/** Matches a tag, a comment or a processing instruction; any other markup is rejected. */
const MARKUP = /<(?:!--[\s\S]*?--|\?[\s\S]*?\?|(\/?)([A-Za-z_][\w.:-]*)(?:\s[^<>]*?)?(\/?))>/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Returns the elements that contain only text. It supports XML without DOCTYPE, CDATA or namespaces, which is enough
 * for recorders. It knows only XML's five entities and character references, so none can expand without limit.
 */
export function parseSimpleElements(xml: string): {
  elements: SimpleElement[];
  fault?: string;
  bounded?: true;
} {
  const elements: SimpleElement[] = [];
  const open: string[] = [];
  let text = '';
  let at = 0;
  for (let tags = 0; ; ) {
    const next = xml.indexOf('<', at);
    if (next < 0)
      return open.length === 0 ? { elements } : { elements, fault: `${open.at(-1)} is not closed` };
    text += xml.slice(at, next);
    MARKUP.lastIndex = next;
    const found = MARKUP.exec(xml);
    if (!found) return { elements, fault: `markup at character ${next} is not read here` };
    at = next + found[0].length;
    const [, closes, name, empty] = found;
    if (name === undefined) continue;
    if (++tags > limits.ixmlTags || open.length > limits.xmpDepth)
      return { elements, fault: 'too many elements', bounded: true };
    if (closes) {
      if (open.at(-1) !== name) return { elements, fault: `${name} closes what is not open` };
      const value = unescaped(text).trim();
      if (value !== '') elements.push({ path: open.slice(1).join('/'), text: value });
      open.pop();
    } else if (!empty) open.push(name);
    text = '';
  }
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
