import QRCode from 'qrcode';
import { publicPartOf } from '../adapters/store/mongo/address.ts';
import { createServer } from '../compose.ts';
import type { Config } from '../config/config.ts';
import { ignoredVariables, readConfig } from '../config/read-config.ts';
import type { Urls } from '../http/addresses.ts';
import { type Command, type Terminal, textOption, UsageError } from './command.ts';

export const serve: Command = {
  name: 'serve',
  usage: '[--lan] [--port N]',
  summary: 'Runs the server until it is asked to stop (Ctrl+C); asked twice, it stops at once.',
  options: { lan: { type: 'boolean' }, port: { type: 'string' } },
  optionHelp: [
    ['--lan', 'serve phones nearby: TLS on every address, with a QR code'],
    ['--port N', 'listen on this port, 0 for any free one (default: PORT, or 4000)'],
  ],
  async run({ terminal, options, positionals, json }) {
    if (positionals.length > 0) throw new UsageError(`serve takes no "${positionals.join(' ')}"`);
    const port = textOption(options, 'port');
    const config = readConfig(terminal.env, {
      lan: options['lan'] === true,
      ...(port === undefined ? {} : { port }),
    });
    // Who watches a terminal wants to see what is wrong, not each request.
    const quiet = terminal.isTty && !terminal.env['LOG_LEVEL'];
    const server = createServer(quiet ? { ...config, logLevel: 'warn' } : config);

    const stopped = Promise.withResolvers<void>();
    let asked = false;
    terminal.onStop(() => {
      if (asked) terminal.exit(130);
      asked = true;
      server.stop().then(stopped.resolve, stopped.reject);
    });
    try {
      await server.start();
    } catch (error) {
      await server.stop();
      throw error;
    }
    if (json) terminal.print(JSON.stringify({ ...server.urls(), dataDir: config.dataDir }));
    else await greet(terminal, config, server.urls());
    await stopped.promise;
    return 0;
  },
};

async function greet(terminal: Terminal, config: Config, urls: Urls): Promise<void> {
  const lines = [
    '',
    `  TrafficJamz   ${urls.public}`,
    ...(urls.local === urls.public ? [] : [`  This machine  ${urls.local}`]),
    `  Data          ${config.dataDir}`,
    `  Storage       ${storageOf(config)}`,
  ];
  for (const name of ignoredVariables(terminal.env)) {
    lines.push(`  Note          ${name} is set, but this version does not use it`);
  }
  const [nearby] = urls.lan;
  if (config.lan && nearby === undefined) {
    lines.push('  Note          this machine is in no network: join one, then start again');
  }
  if (config.lan && nearby !== undefined) {
    lines.push('', '  Phones nearby: scan this. The browser warns once about the certificate,');
    lines.push('  which this server made itself: continue to the page.', '');
    lines.push(await qrCodeOf(urls.public, terminal.isTty));
    for (const url of urls.lan) lines.push(`  ${url}`);
  }
  lines.push('');
  if (terminal.isTty || config.lan) for (const line of lines) terminal.print(line);
  else terminal.print(`TrafficJamz listens on ${urls.public}`);
}

function storageOf({ mongodbUri }: Config): string {
  return mongodbUri === undefined ? 'SQLite' : publicPartOf(mongodbUri);
}

/** A terminal that takes colours gets dark on light, whatever its own are; scanners need that. */
function qrCodeOf(url: string, inColour: boolean): Promise<string> {
  return QRCode.toString(url, inColour ? { type: 'terminal', small: true } : { type: 'utf8' });
}
