import { escapeVerbatim, html, type Markup } from '../../../core/renderers/html/escape.js';

/** Renders a choice of a filter; `any` is the text of none chosen. */
export function choice(
  name: string,
  label: string,
  any: string,
  chosen: string | undefined,
  options: readonly (readonly [string, string])[],
): Markup {
  const rows = options.map(
    ([id, word]) => html`<option value="${id}"${id === chosen && html` selected`}>${word}</option>`,
  );
  return html`<p><label for="ask-${name}">${label}</label>
<select id="ask-${name}" name="${name}"><option value="">${any}</option>${rows}</select></p>`;
}

export function day(name: string, label: string, value = ''): Markup {
  return html`<p><label for="ask-${name}">${label}</label>
<input id="ask-${name}" name="${name}" type="date" value="${escapeVerbatim(value)}"></p>`;
}
