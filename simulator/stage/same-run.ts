import { openStage } from './open-stage.ts';

/** The end of the group's log after {@link runInTunnel}, wherever it is run. */
export const headAfterTunnel = '21 714b56bfb6654b26';

/** Two minutes of a world in which one phone is dragged into a tunnel while both go on. @returns where its log ends */
export async function runInTunnel(): Promise<string> {
  const stage = await openStage({ seed: 'everywhere', phones: 3 });
  await stage.runUntil(20_000);
  stage.inject({ kind: 'tunnel', phone: 1, durationMs: 40_000 });
  const deeds = ['add', 'say', 'play', 'anything'] as const;
  for (let second = 25; second < 120; second += 5) {
    const what = deeds[(second / 5) % deeds.length] ?? 'anything';
    stage.inject({ kind: 'deed', phone: second % 3, what });
    await stage.runUntil(second * 1_000);
  }
  stage.inject({ kind: 'server-crash', server: 0, durationMs: 5_000 });
  await stage.runUntil(120_000);
  await stage.rest();
  const { log, phones } = stage.view$.value;
  const { violation } = stage;
  stage.close();
  if (violation) throw new Error(`${violation.invariant}: ${violation.message}`);
  const at = new Set(phones.map(({ cursor }) => cursor?.hash));
  return `${log.head?.seq} ${[...at].join(' ')}`;
}
