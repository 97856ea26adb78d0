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
