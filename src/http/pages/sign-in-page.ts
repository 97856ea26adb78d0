import { escapeVerbatim, html } from '../../core/renderers/html/escape.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** Renders the form to sign in with a key. `to`: the page that was requested; `fault`: why the sign-in failed. */
export function renderSignInPage(
  { to, fault }: { to: string; fault?: string },
  translator: PageTranslator,
): string {
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('form.signIn.submit') }),
    translator,
    body: html`<h1>${translator.text('form.signIn.submit')}</h1>
<p>${translator.text('form.signIn.about')}</p>
${fault !== undefined && html`<p class="notice" role="alert" id="fault">${fault}</p>`}
<form action="${translator.linkTo('/sign-in')}" method="post" data-forget>
<input type="hidden" name="to" value="${escapeVerbatim(to)}">
<div>
<label for="key">${translator.text('form.signIn.key')}</label>
<input id="key" name="key" type="password" required autocomplete="current-password" spellcheck="false"
  autocapitalize="none" maxlength="200"${fault !== undefined && html` aria-invalid="true" aria-describedby="fault"`}>
</div>
<p><button type="submit">${translator.text('form.signIn.submit')}</button></p>
</form>`,
  });
}
