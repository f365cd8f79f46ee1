import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sampleRate } from './chirps.ts';
import { ended, run } from './programs.ts';

/** One null sink with a channel for each phone and one for the reference, in a sound server of its own. */
export interface SoundCard {
  readonly channels: number;
  /** What a program has to have in its environment to sound on one channel alone. */
  environmentOf(channel: number): NodeJS.ProcessEnv;
  /** The channel of the reference: the last. */
  readonly referenceChannel: number;
  close(): Promise<void>;
}

export const monitorName = 'jamz.monitor';

const patienceMs = 20_000;

/** @param phones each gets a channel */
export async function openSoundCard(phones: number): Promise<SoundCard> {
  const dir = await mkdtemp(join(tmpdir(), 'jamz-sound-'));
  const socket = join(dir, 'native');
  const channels = phones + 1;
  const env = {
    ...process.env,
    HOME: dir,
    XDG_RUNTIME_DIR: dir,
    PULSE_RUNTIME_PATH: join(dir, 'run'),
  };
  const clientEnv = { ...env, PULSE_SERVER: `unix:${socket}` };
  const script = join(dir, 'sound.pa');
  await writeFile(script, scriptOf(channels, socket));
  const child = spawn(
    'pulseaudio',
    [
      '-n',
      '-F',
      script,
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      '--high-priority=yes',
    ],
    { env, stdio: 'ignore' },
  );
  const close = async (): Promise<void> => {
    await ended(child);
    await rm(dir, { recursive: true, force: true });
  };
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const isUp = await run('pactl', ['info'], clientEnv).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (child.exitCode !== null || performance.now() > deadlineMs) {
      await close();
      throw new Error('pulseaudio did not start: run it by hand with -v to see why.');
    }
    await wait(100);
  }
  return {
    channels,
    referenceChannel: phones,
    environmentOf: (channel) => ({ ...clientEnv, PULSE_SINK: sinkName(channel) }),
    close,
  };
}

/** Channels are auxiliary ones, so that nothing takes them for left and right and mixes them. */
function scriptOf(channels: number, socket: string): string {
  const names = Array.from({ length: channels }, (_, channel) => `aux${channel}`);
  return [
    `load-module module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    `load-module module-null-sink sink_name=jamz rate=${sampleRate} channels=${channels} channel_map=${names} format=float32le`,
    ...names.map(
      (name, channel) =>
        `load-module module-remap-sink sink_name=${sinkName(channel)} master=jamz channels=1 channel_map=mono master_channel_map=${name} remix=no`,
    ),
    '',
  ].join('\n');
}

function sinkName(channel: number): string {
  return `phone${channel}`;
}
