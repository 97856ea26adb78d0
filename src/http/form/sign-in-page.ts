import { asTyped, html } from '../../core/renderers/html-escape.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

/** Signing in with a key. `to`: where it was wanted to go; `fault`: why it did not work. */
export function signInPage({ to, fault }: { to: string; fault?: string }, speaks: PageLanguage): string {
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.signIn.heading') }),
    speaks,
    body: html`<h1>${speaks.words('form.signIn.heading')}</h1>
<p>${speaks.words('form.signIn.about')}</p>
${fault !== undefined && html`<p class="notice" role="alert" id="fault">${fault}</p>`}
<form action="${speaks.to('/sign-in')}" method="post">
<input type="hidden" name="to" value="${asTyped(to)}">
<div>
<label for="key">${speaks.words('form.signIn.key')}</label>
<input id="key" name="key" type="password" required autocomplete="current-password" spellcheck="false"
  autocapitalize="none" maxlength="200"${fault !== undefined && html` aria-invalid="true" aria-describedby="fault"`}>
</div>
<p><button type="submit">${speaks.words('form.signIn.submit')}</button></p>
</form>`,
  });
}
