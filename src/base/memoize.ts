/** Memoizes an asynchronous call. Even for a loaded module, each `import()` performs a lookup. */
export function memoizeAsync<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
