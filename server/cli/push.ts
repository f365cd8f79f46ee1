import { newVapidKeys } from '../adapters/push/web-push.ts';
import type { Command } from './command.ts';

/** Prints a new pair: nothing is kept, and nothing is changed. */
export const pushKeys: Command = {
  name: 'push keys',
  usage: '',
  summary:
    'Makes a pair of keys for push messages, to be set as VAPID_PUBLIC_KEY and _PRIVATE_KEY.',
  options: {},
  optionHelp: [],
  async run({ terminal, json }) {
    const { publicKey, privateKey } = newVapidKeys();
    if (json) {
      terminal.print(JSON.stringify({ publicKey, privateKey }));
    } else {
      terminal.print(`VAPID_PUBLIC_KEY=${publicKey}`);
      terminal.print(`VAPID_PRIVATE_KEY=${privateKey}`);
    }
    return 0;
  },
};
