import { equal } from 'node:assert/strict';
import { it } from 'node:test';
import { headAfterTunnel, runInTunnel } from './same-run.ts';

it('a world comes to the same in Node', async () => {
  equal(await runInTunnel(), headAfterTunnel);
});
