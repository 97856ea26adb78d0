// The pages work without this file: a question that needs the file asks for it again. With it the browser keeps a copy of
// a file that was sent alone, so that its report can ask again from there. Only the tab that sent it knows which copy
// belongs to which report.

import { withStore } from './copies.js';

const MAX_COPY_BYTES = 256 * 1024 ** 2;

const nameFor = (id) => `assay-sent-${id}`;

/** Keeps the fields of a form with one file; resolves to the number of the copy, or to nothing if none could be kept. */
export async function keepSent(fields) {
  const bytes = fields.reduce((sum, [, value]) => sum + (value.size ?? 0), 0);
  if (bytes > MAX_COPY_BYTES) return undefined;
  return withStore('readwrite', (store) => store.add({ fields, at: Date.now() })).catch(() => undefined);
}

/** Notes for this tab which copy the report with this id is about. */
export function nameSent(id, copy) {
  if (copy !== undefined) sessionStorage.setItem(nameFor(id), String(copy));
}

/** The address where the answer is shown; empty if there is none. */
async function send(form, fields, copy) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  for (const [name, value] of new FormData(form)) {
    // Kinds of personal data add up.
    if (name !== 'reveal') body.delete(name);
    body.append(name, value);
  }
  const action = new URL(form.action);
  action.pathname = action.pathname.replace(/\/inspections\/[^/]+\/again$/, '/v1/inspections');
  const answer = await fetch(action, { method: 'POST', body, headers: { accept: 'application/json' } });
  const path = answer.status === 201 || answer.status === 202 ? answer.headers.get('location') : null;
  const [, id] = /\/inspections\/([^/?]+)/.exec(path ?? '') ?? [];
  if (id === undefined) return '';
  nameSent(id, copy);
  const language = action.searchParams.get('lang');
  return `${path.replace('/v1/', '/')}${language === null ? '' : `?lang=${encodeURIComponent(language)}`}`;
}

async function ask(form) {
  const told = document.createElement('span');
  told.className = 'small';
  told.setAttribute('role', 'status');
  form.append(told);
  const [, id] = /\/inspections\/([^/]+)\/again$/.exec(new URL(form.action).pathname) ?? [];
  const copy = Number(sessionStorage.getItem(nameFor(id)) ?? Number.NaN);
  try {
    const sent = await withStore('readonly', (store) => store.get(copy));
    told.textContent = ` ${form.dataset.sending}`;
    const address = await send(form, sent.fields, copy);
    if (address !== '') return location.assign(address);
  } catch {
    // There is no copy, or it could not be sent.
  }
  told.remove();
  // The server looks whether it has the file, and says why not.
  form.submit();
}

for (const form of document.querySelectorAll('form.again')) {
  let isAsked = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isAsked) void ask(form);
    isAsked = true;
  });
  // Coming back by the browser's history.
  addEventListener('pageshow', () => {
    isAsked = false;
  });
}
