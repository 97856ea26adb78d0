/** HTML that is safe to send. Made by `html` alone, or by `trusted` from a renderer that escapes. */
export class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

type Value = string | number | Markup | readonly Markup[];

/** A template in which every value is escaped unless it is Markup already. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(parts.map((part, index) => part + shown(values[index] ?? '')).join(''));
}

/** For what core's renderer made: it escapes all that comes from a file. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function shown(value: Value): string {
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'object') return value.join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
