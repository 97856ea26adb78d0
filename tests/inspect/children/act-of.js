/** Takes the act of a stand-in out of its task (`tests/inspect/acting.ts`). */
export function takeAct(task) {
  const { ownHash: act = '' } = task;
  delete task.ownHash;
  return act;
}
