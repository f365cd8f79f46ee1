import type { Check, Finding } from './finding.ts';

const oldestNode = 24;

/** The runtime. */
export const checkNode: Check = async () => [nodeFinding(process.versions.node)];

function nodeFinding(version: string): Finding {
  return Number.parseInt(version, 10) >= oldestNode
    ? { check: 'Node', result: 'ok', message: version }
    : { check: 'Node', result: 'failed', message: `${version} is too old: use ${oldestNode}` };
}
