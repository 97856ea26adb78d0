// The pages work without this file: what is to be copied stands in a box and can be selected. It adds the button that
// copies it; its words stand in data attributes, in the page's language.

function select(box) {
  if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) box.select();
  else getSelection()?.selectAllChildren(box);
}

for (const box of document.querySelectorAll('[data-copy]')) {
  const text = () => box.value ?? box.textContent;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet copy';
  button.textContent = box.dataset.copy;
  // A list of such buttons says of each what it copies.
  button.setAttribute('aria-label', `${box.dataset.copy}: ${text().slice(0, 200)}`);
  const told = document.createElement('span');
  told.className = 'small';
  told.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    select(box);
    // Without TLS a browser has no clipboard for pages; what is selected can be copied by hand or by the older way.
    const copied = await (navigator.clipboard?.writeText(text()).then(
      () => true,
      () => false,
    ) ?? false);
    told.textContent = copied || document.execCommand('copy') ? box.dataset.copied : '';
  });
  box.after(button, told);
}

// The search by picture: one click copies the picture, or saves it where pages may not copy, and then opens the site.

async function copyPicture(address) {
  const blob = fetch(address)
    .then((answer) => answer.blob())
    .then((webp) => createImageBitmap(webp))
    .then((picture) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: picture.width, height: picture.height });
      canvas.getContext('2d').drawImage(picture, 0, 0);
      // Clipboards take PNG alone.
      return new Promise((done, failed) =>
        canvas.toBlob((png) => (png === null ? failed(new Error('no picture')) : done(png)), 'image/png'),
      );
    });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}

for (const search of document.querySelectorAll('details.search')) {
  const list = search.querySelector('.sought');
  const [first, ...others] = list?.querySelectorAll('a[download]') ?? [];
  if (!first) continue;
  const how = search.querySelector('[data-by-copy]');
  how.textContent = how.dataset.byCopy;
  const told = document.createElement('p');
  told.className = 'small';
  told.setAttribute('role', 'status');
  search.append(told);
  let sought = first;
  for (const link of others.length === 0 ? [] : [first, ...others]) {
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name: 'sought', checked: link === first });
    radio.setAttribute('aria-label', link.textContent);
    radio.addEventListener('change', () => {
      sought = link;
    });
    link.before(radio);
  }
  for (const site of search.querySelectorAll('.sites a')) {
    site.addEventListener('click', async (event) => {
      event.preventDefault();
      const copied = await copyPicture(sought.href).then(
        () => true,
        () => false,
      );
      if (!copied) sought.click();
      told.textContent = copied ? list.dataset.copied : list.dataset.saved;
      open(site.href, '_blank', 'noopener,noreferrer');
    });
  }
}
