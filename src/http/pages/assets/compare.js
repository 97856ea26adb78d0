// The page works without this file: the two pictures stand side by side. It lets one be laid over the other, with a
// slider for how much of the upper one is seen, which a mouse or finger also drags on the picture. At the head of a report
// they are laid at once. Words stand in data attributes, in the page's language.

function lay(pair) {
  const [upper, lower] = pair.querySelectorAll('img');
  if (!upper || !lower) return;

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = pair.dataset.overlay;
  button.setAttribute('aria-pressed', 'false');

  const overlay = document.createElement('div');
  overlay.className = 'overlay';
  overlay.hidden = true;
  const stack = document.createElement('div');
  stack.className = 'stack';
  const [under, over] = [lower.cloneNode(), upper.cloneNode()];
  under.draggable = false;
  over.draggable = false;
  over.classList.add('over');
  stack.append(under, over);
  stack.style.setProperty(
    '--ratio',
    String(Number(upper.getAttribute('width')) / Number(upper.getAttribute('height'))),
  );
  const label = document.createElement('label');
  label.textContent = pair.dataset.slider;
  const slider = document.createElement('input');
  Object.assign(slider, { type: 'range', min: '0', max: '100', value: '50' });
  label.append(slider);
  overlay.append(stack, label);

  const show = () => {
    stack.style.setProperty('--shown', `${slider.value}%`);
    slider.setAttribute('aria-valuetext', pair.dataset.shown.replace('{}', slider.value));
  };
  slider.addEventListener('input', show);
  show();

  const drag = ({ clientX }) => {
    const { left, width } = stack.getBoundingClientRect();
    const part = (clientX - left) / width;
    const fromStart = getComputedStyle(stack).direction === 'rtl' ? 1 - part : part;
    slider.value = String(Math.round(100 * fromStart));
    show();
  };
  stack.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    stack.setPointerCapture(event.pointerId);
    drag(event);
  });
  stack.addEventListener('pointermove', (event) => {
    if (stack.hasPointerCapture(event.pointerId)) drag(event);
  });

  const turn = (laid) => {
    overlay.hidden = !laid;
    for (const figure of pair.querySelectorAll('figure')) figure.classList.toggle('laid', laid);
    button.setAttribute('aria-pressed', String(laid));
  };
  button.addEventListener('click', () => turn(overlay.hidden));
  if (pair.closest('.preview') !== null) turn(true);
  pair.append(overlay);
  pair.after(button);
}

const layAll = (root) => {
  for (const pair of root.querySelectorAll('.figures[data-overlay]')) lay(pair);
};
layAll(document);
// Elements that seen.js adds to the page later.
document.addEventListener('assay:added', ({ target }) => layAll(target));
