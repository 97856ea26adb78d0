// The browser may keep copies of files that were sent (again.js). Every page loads this, which deletes those that are
// older than an hour.

const DATABASE = 'assay';
const STORE = 'sent';
const HOUR_MS = 3_600_000;
const MAX_COPIES = 4;

/** Resolves to the result of the last request of `use`; rejects where the browser gives pages no storage. */
export async function withStore(mode, use) {
  const database = await new Promise((done, failed) => {
    const open = indexedDB.open(DATABASE, 1);
    open.onupgradeneeded = () => open.result.createObjectStore(STORE, { autoIncrement: true });
    open.onsuccess = () => done(open.result);
    open.onerror = () => failed(open.error);
  });
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, mode);
      const last = use(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(last.result);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Removes copies that are too old or too many, or all of them where a page says so. */
async function forget() {
  // Nothing was kept; a browser that cannot list its databases opens an empty one.
  const databases = await indexedDB.databases?.();
  if (databases?.some(({ name }) => name === DATABASE) === false) return;
  const isAll = document.querySelector('[data-forget]') !== null;
  const copies = await withStore('readonly', (store) => store.getAllKeys());
  const sent = await withStore('readonly', (store) => store.getAll());
  const old = copies.filter(
    (_, at) => isAll || at < copies.length - MAX_COPIES || sent[at].at < Date.now() - HOUR_MS,
  );
  for (const copy of old) await withStore('readwrite', (store) => store.delete(copy));
}

void forget().catch(() => undefined);
