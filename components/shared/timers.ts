/** Runs `task` in `delayMs`; the returned function forgets it. */
export function inTime(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}
