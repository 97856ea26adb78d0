// The page works without this file: each picture is a link to the larger one. It opens that in a dialog above the page
// instead, with a magnifier. Words stand in data attributes, in the page's language.

/** How many times larger than it is shown, and how far an arrow key moves, in parts of the picture. */
const LARGER = 3;
const STEP = 0.04;

const within = (value) => Math.min(1, Math.max(0, value));

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, className) {
  const made = element('button', className, text);
  made.type = 'button';
  return made;
}

function open(link, words) {
  const dialog = element('dialog', 'lightbox');
  dialog.setAttribute('aria-label', words.dialog);
  const bar = element('div', 'lightbox-bar');
  const close = button(words.close, 'quiet');
  const magnify = button(words.magnify, 'quiet');
  magnify.setAttribute('aria-pressed', 'false');
  bar.append(magnify, close);

  const small = link.querySelector('img');
  const picture = element('img', 'lightbox-picture');
  Object.assign(picture, { src: link.href, alt: small?.alt ?? '', draggable: false });
  picture.width = Number(link.dataset.width);
  picture.height = Number(link.dataset.height);
  const stage = element('div', 'lightbox-stage');
  const lens = element('div', 'lens');
  lens.hidden = true;
  const larger = element('img', '');
  Object.assign(larger, { src: link.href, alt: '', draggable: false });
  lens.append(larger);
  stage.append(picture, lens);

  const caption = element(
    'p',
    'lightbox-words',
    link.parentElement?.querySelector('figcaption')?.textContent ?? '',
  );
  const how = element('p', 'lightbox-words', words.how);
  how.setAttribute('aria-live', 'polite');
  how.hidden = true;
  dialog.append(bar, stage, caption, how);

  // Where in the picture the middle of the lens is.
  let [x, y] = [0.5, 0.5];
  const place = () => {
    const { width, height } = picture.getBoundingClientRect();
    // Never fewer than the picture has: what is in it is seen.
    const times = Math.max(LARGER, (1.5 * picture.naturalWidth) / width);
    const [left, top] = [picture.offsetLeft + x * width, picture.offsetTop + y * height];
    lens.style.setProperty('left', `${left}px`);
    lens.style.setProperty('top', `${top}px`);
    larger.style.setProperty('width', `${width * times}px`);
    larger.style.setProperty('height', `${height * times}px`);
    larger.style.setProperty('left', `calc(50% - ${x * width * times}px)`);
    larger.style.setProperty('top', `calc(50% - ${y * height * times}px)`);
  };
  const move = (across, down) => {
    [x, y] = [within(across), within(down)];
    place();
  };

  magnify.addEventListener('click', () => {
    lens.hidden = !lens.hidden;
    how.hidden = lens.hidden;
    stage.classList.toggle('magnified', !lens.hidden);
    magnify.setAttribute('aria-pressed', String(!lens.hidden));
    if (!lens.hidden) place();
  });
  stage.addEventListener('pointermove', (event) => {
    if (lens.hidden) return;
    const { left, top, width, height } = picture.getBoundingClientRect();
    move((event.clientX - left) / width, (event.clientY - top) / height);
  });
  const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  dialog.addEventListener('keydown', (event) => {
    const way = ARROWS[event.key];
    if (way === undefined || lens.hidden) return;
    event.preventDefault();
    move(x + way[0], y + way[1]);
  });
  const again = () => !lens.hidden && place();
  window.addEventListener('resize', again);

  close.addEventListener('click', () => dialog.close());
  // Beside what is in it: the dialog itself is all around.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    window.removeEventListener('resize', again);
    dialog.remove();
    link.focus();
  });

  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

for (const link of document.querySelectorAll('a.opens[data-width]')) {
  const words = link.closest('[data-dialog]')?.dataset;
  if (words === undefined) continue;
  link.setAttribute('aria-haspopup', 'dialog');
  link.addEventListener('click', (event) => {
    // A click that requests another tab or window opens one.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link, words);
  });
}
