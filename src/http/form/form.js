// The form works without this file. It lets a file be dropped on the page's own file input,
// says before sending that a file is too large, and says that sending is under way.

const form = document.querySelector('form.upload');
const drop = form?.querySelector('.drop');
const input = form?.querySelector('#file');
const progress = form?.querySelector('.progress');

if (form && drop && input && progress) {
  const button = form.querySelector('button[type="submit"]');
  const maxBytes = Number(form.dataset.maxBytes);

  for (const type of ['dragenter', 'dragover']) {
    drop.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('over'));

  drop.addEventListener('drop', (event) => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    if (files.length > 1) {
      progress.textContent = 'One file at a time, please.';
      return;
    }
    input.files = files;
    input.dispatchEvent(new Event('change'));
  });

  input.addEventListener('change', () => {
    const tooLarge = (input.files?.[0]?.size ?? 0) > maxBytes;
    input.setCustomValidity(tooLarge ? 'This file is larger than this server takes.' : '');
    progress.textContent = tooLarge ? 'This file is larger than this server takes.' : '';
  });

  form.addEventListener('submit', () => {
    progress.textContent = 'The file is being sent and read. A large one takes a while.';
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
}
