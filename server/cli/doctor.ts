import { ignoredVariables, readConfig } from '../config/read-config.ts';
import { checkBus } from './checks/bus.ts';
import { checkClock } from './checks/clock.ts';
import { checkDescriptors } from './checks/descriptors.ts';
import { checkDisk } from './checks/disk.ts';
import { checkFiles } from './checks/files.ts';
import type { Check, Finding } from './checks/finding.ts';
import { checkMail } from './checks/mail.ts';
import { checkNode } from './checks/node.ts';
import { checkPages } from './checks/pages.ts';
import { checkPort } from './checks/port.ts';
import { checkPush } from './checks/push.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkSeries } from './checks/series.ts';
import { checkStore } from './checks/store.ts';
import { checkTls } from './checks/tls.ts';
import type { Command } from './command.ts';

/** In the order in which they are told; each thing that a configuration can name has one of its own. */
const checks: readonly Check[] = [
  checkNode,
  checkStore,
  checkBus,
  checkSeries,
  checkFiles,
  checkPort,
  checkTls,
  checkPages,
  checkMail,
  checkPush,
  checkSecrets,
  checkDisk,
  checkDescriptors,
  checkClock,
];

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'Checks the configuration and everything it names, and says what to do.',
  options: {},
  optionHelp: [],
  async run({ terminal, json }) {
    const config = readConfig(terminal.env);
    const findings: Finding[] = [];
    for (const check of checks) findings.push(...(await check(config)));
    findings.push(
      ...ignoredVariables(terminal.env).map((name): Finding => {
        const message = 'is set, but this version does not use it';
        return { check: name, result: 'note', message };
      }),
    );
    if (json) terminal.print(JSON.stringify(findings));
    else for (const finding of findings) terminal.print(lineOf(finding));
    return findings.some(({ result }) => result === 'failed') ? 2 : 0;
  },
};

const marks = { ok: '✓', note: '·', failed: '✗' } as const;

function lineOf({ check, result, message }: Finding): string {
  return `${marks[result]} ${check}: ${message}`;
}
