import { headAfterTunnel, runInTunnel } from './same-run.ts';

it('a world comes to the same in a browser', async function () {
  this.timeout(60_000);
  const head = await runInTunnel();
  if (head !== headAfterTunnel) throw new Error(`${head}, and in Node ${headAfterTunnel}`);
});
