// The pages work without this file: what is to be copied stands in a field and can be selected. It adds the button that
// copies it; its words stand in data attributes, in the page's language.

for (const field of document.querySelectorAll('input[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = field.dataset.copy;
  const told = document.createElement('span');
  told.className = 'small';
  told.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    field.select();
    // Without TLS a browser has no clipboard for pages; what is selected can be copied by hand or by the older way.
    const copied = await (navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    ) ?? false);
    told.textContent = copied || document.execCommand('copy') ? field.dataset.copied : '';
  });
  field.after(button, told);
}
