/**
 * Processes that are given something are woken on the core of whoever gives it, and wait there until that one sleeps; and
 * in its first two milliseconds an engine has a second thread at work now and then. On two cores, what takes two tenths of
 * a millisecond made a signed photo's answer come as much later where it was done at once, three tenths where it was done
 * a millisecond later, and a tenth earlier where it was done then.
 */
const HEAD_START_MILLIS = 2;

/** Does `work` once, in a while, or when what is given back is called. */
export function meanwhile(work: () => void): () => void {
  let isDone = false;
  const now = () => {
    clearTimeout(timer);
    if (isDone) return;
    isDone = true;
    work();
  };
  const timer = setTimeout(now, HEAD_START_MILLIS);
  return now;
}
