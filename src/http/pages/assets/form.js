// The form works without this file: a file is chosen and a button sends it. With it a file is sent as soon as it is chosen,
// dropped anywhere on the page or pasted, and each has a line that says how far it is. Several go in one request and become
// a batch, as they do without. A link goes as the browser sends it: a page may come of it. Words stand in the form's data attributes, in the page's language.

import { keepSent, nameSent } from './again.js';

/** So often is a busy server asked, and so long may it have us wait. */
const MOST_TURNS = 6;
const LONGEST_WAIT_SECONDS = 60;
/** So long may keeping a copy hold back the report. */
const MAX_KEEPING_MS = 300;

const form = document.querySelector('form.upload');
const drop = form?.querySelector('.drop');
const input = form?.querySelector('#file');
const progress = form?.querySelector('.progress');
const fault = form?.querySelector('#file-error');
const queue = form?.querySelector('.queue');

if (form && drop && input && progress && fault && queue) {
  const button = form.querySelector('button[type="submit"]');
  const manifest = form.querySelector('#sidecar');
  const link = form.querySelector('#url');
  const manifestFirst = manifest?.closest('.again') !== undefined && manifest?.closest('.again') !== null;
  const maxBytes = Number(form.dataset.maxBytes);
  const mostFiles = Number(form.dataset.mostFiles);
  const words = JSON.parse(form.dataset.queue);
  let busy = false;

  button.hidden = true;
  for (const one of form.querySelectorAll('[data-first]')) one.hidden = false;

  // Anywhere on the page; the box shows that it will be taken.
  for (const type of ['dragenter', 'dragover']) {
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  document.addEventListener('dragleave', (event) => {
    // Left the window, and not one element for another.
    if (event.relatedTarget === null) drop.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    drop.classList.remove('over');
    take(event, event.dataTransfer?.files);
  });
  // A copied picture may come as a file. Text pasted into a field is not touched.
  document.addEventListener('paste', (event) => take(event, event.clipboardData?.files));

  function take(event, files) {
    if (!files?.length) return;
    event.preventDefault();
    if (busy) return;
    input.files = files;
    begin();
  }

  input.addEventListener('change', begin);
  manifest?.addEventListener('change', () => {
    if (manifestFirst && input.files?.length) begin();
  });
  // The form is submitted with Enter in a field, or with a link.
  form.addEventListener('submit', (event) => {
    if (!busy && !input.files?.length && link?.value.trim()) {
      busy = true;
      waiting(form, form.querySelector('#link-progress'));
      return;
    }
    event.preventDefault();
    if (!busy) begin();
  });

  // Coming back by the browser's history shows the page as it was left.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    busy = false;
    input.disabled = false;
    input.value = '';
    progress.textContent = '';
    queue.replaceChildren();
    queue.hidden = true;
  });

  /** Beside the field, and read out with it. */
  function say(text) {
    fault.textContent = text;
    fault.hidden = text === '';
    input.setAttribute('aria-invalid', String(text !== ''));
    if (text !== '') input.focus();
  }

  function begin() {
    const files = [...(input.files ?? [])];
    progress.textContent = '';
    if (files.length === 0) return;
    const withManifest = (manifest?.files?.length ?? 0) > 0;
    const why = refusal(files, withManifest);
    say(why);
    if (why === '') void send(files);
  }

  /** Returns why the files cannot be sent together, before any is sent; empty if they can. */
  function refusal(files, withManifest) {
    if (files.length > mostFiles) return words.tooMany;
    if (withManifest && files.length > 1) return words.manifestAlone;
    if (manifestFirst && !withManifest) return words.manifestFirst;
    const wrong = files.find(({ size }) => size > maxBytes || size === 0);
    if (wrong === undefined) return '';
    const what = words.faults[wrong.size === 0 ? 'file-empty' : 'too-large'];
    return files.length === 1 ? what : `${words.leftOut.replace('{name}', wrong.name)} ${what}`;
  }

  async function send(files) {
    busy = true;
    queue.hidden = false;
    queue.replaceChildren();
    const rows = files.map(({ name }) => rowOf(name));
    const sizes = files.map(({ size }) => size);
    const kept = files.length === 1 ? keepSent(sentFields()) : undefined;
    const { address, text } = await sendAll((share) => tell(rows, sizes, share));
    if (address !== undefined) {
      const named = kept?.then((copy) => nameSent(/inspections\/([^/?]+)/.exec(address)?.[1], copy));
      await Promise.race([named, new Promise((resolve) => setTimeout(resolve, kept ? MAX_KEEPING_MS : 0))]);
      location.assign(address);
      return;
    }
    busy = false;
    input.value = '';
    queue.hidden = true;
    progress.textContent = '';
    say(text);
  }

  /** Files go one after another, so the share of the whole tells how far each one is. */
  function tell(rows, sizes, share) {
    let left = share * sizes.reduce((sum, one) => sum + one, 0);
    rows.forEach(({ bar, state }, at) => {
      const part = Math.min(1, Math.max(0, left / sizes[at]));
      left -= sizes[at];
      const whole = share >= 1;
      state.textContent = whole
        ? words.reading
        : part >= 1
          ? words.arrived
          : part > 0 || at === 0
            ? words.sending
            : words.waits;
      if (whole) bar.removeAttribute('value');
      else bar.value = part;
    });
    progress.textContent =
      share >= 1 ? words.reading : words.sent.replace('{percent}', String(Math.floor(share * 10) * 10));
  }

  function rowOf(name) {
    const item = document.createElement('li');
    item.className = 'queued';
    const title = document.createElement('bdi');
    title.textContent = name;
    const bar = document.createElement('progress');
    bar.value = 0;
    bar.setAttribute('aria-label', name);
    const state = document.createElement('span');
    state.textContent = words.waits;
    item.append(title, ' ', bar, ' ', state);
    queue.append(item);
    return { bar, state };
  }

  /** Where what comes of it stands, or why there is nothing. A server that is busy says when to come again. */
  async function sendAll(onShare) {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const answer = await post(onShare);
      const { status } = answer;
      if (status === 201 || status === 202) return { address: pageOf(answer) };
      const wait = Number(answer.getResponseHeader('retry-after'));
      if ((status !== 429 && status !== 503) || !(wait > 0) || wait > LONGEST_WAIT_SECONDS) {
        const { code, title } = problemOf(answer);
        return { text: words.faults[code] ?? `${words.failed} (${title || code || status || '–'})` };
      }
      progress.textContent = words.again;
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
    return { text: words.failed };
  }

  /** Without what was left empty, and without a link: a file was chosen after all. */
  const sentFields = () =>
    [...new FormData(form)].filter(
      ([name, value]) => name !== 'url' && value !== '' && (typeof value === 'string' || value.size > 0),
    );

  function post(onShare) {
    const body = new FormData();
    for (const [name, value] of sentFields()) body.append(name, value);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('POST', form.action);
      // The result is shown as a page; progress is read as JSON.
      request.setRequestHeader('accept', 'application/json, text/html;q=0.1');
      request.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) onShare(Math.min(event.loaded / event.total, 0.999));
      });
      request.upload.addEventListener('load', () => onShare(1));
      request.addEventListener('loadend', () => resolve(request));
      onShare(0);
      request.send(body);
    });
  }

  function problemOf(answer) {
    try {
      return JSON.parse(answer.responseText);
    } catch {
      return {};
    }
  }

  /** The page beside the API's own address, in the language of this one. */
  function pageOf(answer) {
    const address = (answer.getResponseHeader('location') ?? '').replace(
      /\/v1\/(inspections|batches)\//,
      '/$1/',
    );
    const language = new URL(form.action).searchParams.get('lang');
    return language === null ? address : `${address}?lang=${encodeURIComponent(language)}`;
  }
}

const media = document.querySelector('form.media');
media?.addEventListener('submit', () => waiting(media, media.querySelector('.progress')));

/** Another server is asked, which may take a while: that is said, and it is not sent twice. */
function waiting(sent, says) {
  says.textContent = says.dataset.waiting;
  const buttons = [...sent.querySelectorAll('button')];
  // After it was sent: a button that cannot be used sends nothing.
  setTimeout(() => {
    for (const one of buttons) one.disabled = true;
  });
  // Coming back by the browser's history.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    says.textContent = '';
    for (const one of buttons) one.disabled = false;
  });
}
