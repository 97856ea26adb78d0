// The pages work without this file: times stand there in UTC, under days in UTC. It tells them in the reader's own zone,
// in the page's language, and puts what stands by day under the reader's days.

const language = document.documentElement.lang;
// Our English has the day first, and 24 hours.
const locale = language === 'en' ? 'en-GB' : language;
const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const dayOf = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });

const tellAll = (root) => {
  for (const time of root.querySelectorAll('time.at[datetime]')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    // The tooltip keeps the time in UTC, which stood there before.
    time.title = time.textContent;
    time.textContent = clock.format(at);
  }
};
tellAll(document);
// Elements that seen.js adds to the page later.
document.addEventListener('assay:added', ({ target }) => tellAll(target));

// Where both are wanted, the reader's own follows.
for (const time of document.querySelectorAll('time.also[datetime]')) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.getTime()) && at.getTimezoneOffset() !== 0)
    time.after(` · ${time.dataset.also.replace('{}', clock.format(at))}`);
}

const sections = [...document.querySelectorAll('section.day')];
const [first] = sections;
if (first) {
  const days = new Map();
  for (const entry of document.querySelectorAll('section.day li.file')) {
    const day = dayOf.format(new Date(entry.querySelector('time.at').dateTime));
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  const made = [...days].map(([day, entries]) => {
    const section = first.cloneNode(true);
    section.querySelector('h2').textContent = day;
    section.querySelector('ul').replaceChildren(...entries);
    return section;
  });
  first.before(...made);
  for (const section of sections) section.remove();
}
