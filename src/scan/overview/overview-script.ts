/**
 * Script of the overview page: search and filters over the listed files, and expanding the count that a link leads to.
 * Without scripts the page shows all files. It sends, loads and stores nothing.
 */
export const OVERVIEW_SCRIPT = `'use strict';
(() => {
  const unfold = () => {
    const one = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (one && one.localName === 'details') one.open = true;
  };
  addEventListener('hashchange', unfold);
  unfold();
  const form = document.getElementById('filter');
  if (!form) return;
  const status = document.getElementById('filtered');
  const files = [...document.querySelectorAll('#searched > li')].map((li) => ({ li, text: li.textContent.toLowerCase() }));
  const show = () => {
    const words = form.elements.q.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const chosen = [...form.querySelectorAll('select')].filter((one) => one.value !== '');
    let count = 0;
    for (const { li, text } of files) {
      const fits = words.every((word) => text.includes(word)) && chosen.every((one) => li.dataset[one.name] === one.value);
      li.hidden = !fits;
      if (fits) count += 1;
    }
    status.textContent = form.dataset.shown.replace('#', count);
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    document.getElementById('files').open = true;
    show();
  });
  form.addEventListener('reset', () => setTimeout(show));
  form.hidden = false;
  show();
})();
`;
