const usualPauseMs = 20;
const patienceMs = 60_000;

/**
 * Asks again until it is so: for what another process does and tells nobody. What happens in this process has an event
 * to wait for.
 *
 * @param what named in the error
 * @param pauseMs between two questions; longer where they are counted
 * @throws {Error} after a minute, which is more than anything takes
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  pauseMs: number = usualPauseMs,
): Promise<void> {
  const deadlineMs = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited ${patienceMs} ms until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
