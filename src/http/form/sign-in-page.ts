import type { PageLanguage } from '../language.js';
import { html } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

/** Signing in with a key. `to`: where it was wanted to go; `fault`: why it did not work. */
export function signInPage({ to, fault }: { to: string; fault?: string }, speaks: PageLanguage): string {
  const words = PAGE_WORDS[speaks.language];
  return page({
    title: words.titleOf(words.signIn.heading),
    speaks,
    body: html`<h1>${words.signIn.heading}</h1>
<p>${words.signIn.about}</p>
${fault === undefined ? '' : html`<p class="notice" role="alert" id="fault">${fault}</p>`}
<form action="${speaks.to('/sign-in')}" method="post">
<input type="hidden" name="to" value="${to}">
<div>
<label for="key">${words.signIn.key}</label>
<input id="key" name="key" type="password" required autocomplete="current-password" spellcheck="false"
  autocapitalize="none" maxlength="200"${fault === undefined ? '' : html` aria-invalid="true" aria-describedby="fault"`}>
</div>
<p><button type="submit">${words.signIn.submit}</button></p>
</form>`,
  });
}
