// The form works without this file. It lets files be dropped on the page's own file input or pasted into the page, says
// beside the field that a file is too large, says that sending is under way, and sends several files one after another.
// Its words stand in the form's data attributes, in the page's language.

/** So often is a busy server asked for one file, and so long may it have us wait. */
const MOST_TURNS = 6;
const LONGEST_WAIT_SECONDS = 60;

const form = document.querySelector('form.upload');
const drop = form?.querySelector('.drop');
const input = form?.querySelector('#file');
const progress = form?.querySelector('.progress');
const fault = form?.querySelector('#file-error');
const queue = form?.querySelector('.queue');

if (form && drop && input && progress && fault && queue) {
  const button = form.querySelector('button[type="submit"]');
  const maxBytes = Number(form.dataset.maxBytes);
  const words = JSON.parse(form.dataset.queue);
  input.multiple = true;

  for (const type of ['dragenter', 'dragover']) {
    drop.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('over'));

  drop.addEventListener('drop', (event) => take(event, event.dataTransfer?.files));
  // Of a picture that was copied there may be a file; text that is pasted into a field is left alone.
  document.addEventListener('paste', (event) => take(event, event.clipboardData?.files));

  function take(event, files) {
    if (!files?.length) return;
    event.preventDefault();
    input.files = files;
    input.dispatchEvent(new Event('change'));
    if (fault.hidden) progress.textContent = `${form.dataset.taken} ${namesOf(files)}`;
  }

  function namesOf(files) {
    return [...files].map(({ name }) => name).join(', ');
  }

  /** Beside the field, and read out with it. */
  function say(text) {
    fault.textContent = text;
    fault.hidden = text === '';
    input.setAttribute('aria-invalid', String(text !== ''));
  }

  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // Of several, those that are too large are told one by one.
    const tooLarge = files.length === 1 && files[0].size > maxBytes;
    input.setCustomValidity(tooLarge ? form.dataset.tooLarge : '');
    say(tooLarge ? form.dataset.tooLarge : '');
    progress.textContent = '';
  });

  form.addEventListener('submit', (event) => {
    if ((input.files?.length ?? 0) > 1) {
      event.preventDefault();
      // One manifest describes one file.
      const alone = form.querySelector('#sidecar')?.files?.length ? words.alone : '';
      say(alone);
      if (alone === '') void sendAll([...input.files]);
      else input.focus();
      return;
    }
    progress.textContent = form.dataset.sending;
    // After the form's data have been taken: a second click would send the file twice.
    setTimeout(() => {
      button.disabled = true;
    });
  });

  // Coming back by the browser's history shows the page as it was left.
  window.addEventListener('pageshow', () => {
    button.disabled = false;
    progress.textContent = '';
  });

  /** In turn: a server takes so many uploads of one person at once, and each gets the whole of the line. */
  async function sendAll(files) {
    button.disabled = true;
    queue.hidden = false;
    queue.replaceChildren();
    const rows = files.map((file) => ({ file, ...rowOf(file.name) }));
    let done = 0;
    for (const { file, state, bar, item } of rows) {
      const { link, text } = await sendOne(file, (share) => {
        bar.hidden = share >= 1;
        bar.value = share;
        state.textContent = share >= 1 ? words.reading : words.sending;
      });
      bar.hidden = true;
      state.textContent = text;
      if (link !== undefined) item.append(' ', linkTo(link, file.name));
      done += 1;
      progress.textContent = words.progress.replace('{done}', done).replace('{all}', files.length);
    }
    button.disabled = false;
  }

  function rowOf(name) {
    const item = document.createElement('li');
    const title = document.createElement('bdi');
    title.textContent = name;
    const bar = document.createElement('progress');
    bar.hidden = true;
    bar.setAttribute('aria-label', name);
    const state = document.createElement('span');
    state.textContent = words.waits;
    item.append(title, ' ', bar, ' ', state);
    queue.append(item);
    return { item, bar, state };
  }

  function linkTo(address, name) {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = words.open;
    link.setAttribute('aria-label', `${words.open}: ${name}`);
    return link;
  }

  /** What became of one file: where its report is, or why there is none. A server that is busy says when to come again. */
  async function sendOne(file, onShare) {
    if (file.size > maxBytes) return { text: words.faults['too-large'] };
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const answer = await post(file, onShare);
      const { status } = answer;
      if (status === 201 || status === 202) {
        return { link: pageOf(answer), text: status === 201 ? words.done : words.later };
      }
      const wait = Number(answer.getResponseHeader('retry-after'));
      if ((status !== 429 && status !== 503) || !(wait > 0) || wait > LONGEST_WAIT_SECONDS) {
        return { text: words.faults[codeOf(answer)] ?? `${words.failed} (${codeOf(answer) || status})` };
      }
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
    return { text: words.failed };
  }

  function post(file, onShare) {
    const body = new FormData(form);
    // As the form itself would send it: the file first, whatever was chosen after it.
    body.set('file', file);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('POST', form.action);
      request.setRequestHeader('accept', 'application/json');
      request.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) onShare(event.loaded / event.total);
      });
      request.upload.addEventListener('load', () => onShare(1));
      request.addEventListener('loadend', () => resolve(request));
      onShare(0);
      request.send(body);
    });
  }

  function codeOf(answer) {
    try {
      return JSON.parse(answer.responseText).code;
    } catch {
      return '';
    }
  }

  /** The page beside the API's own address, in the language of this one. */
  function pageOf(answer) {
    const address = (answer.getResponseHeader('location') ?? '').replace('/v1/inspections/', '/inspections/');
    const language = new URL(form.action).searchParams.get('lang');
    return language === null ? address : `${address}?lang=${encodeURIComponent(language)}`;
  }
}
