import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import type { KeyValue } from '../store/key-value.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { OutputDevice, OutputDevices } from './output-devices.ts';
import { createOutputChoice, type OutputChoice } from './sound-output.ts';

const speaker: OutputDevice = { deviceId: 's1', groupId: 'g-speaker', label: 'Speaker' };
const buds: OutputDevice = { deviceId: 'b1', groupId: 'g-buds', label: 'Buds (Bluetooth)' };
const systemIs = ({ groupId, label }: OutputDevice): OutputDevice => ({
  deviceId: 'default',
  groupId,
  label: `Default: ${label}`,
});

/** What is plugged in, and what the system sounds by. */
class Room implements OutputDevices {
  known: readonly OutputDevice[] = [systemIs(speaker), speaker, buds];
  pick: OutputDevices['pick'] = undefined;
  #change: () => void = () => {};
  async list(): Promise<readonly OutputDevice[]> {
    return this.known;
  }
  onChange(listener: () => void): () => void {
    this.#change = listener;
    return () => {};
  }
  plug(known: readonly OutputDevice[]): void {
    this.known = known;
    this.#change();
  }
}

describe('an output', () => {
  let room: Room;
  let preferences: KeyValue;
  let moves: number[];
  let sinks: string[];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const open = async (devices: OutputDevices | undefined = room): Promise<OutputChoice> => {
    const choice = createOutputChoice(preferences, devices, (byMs) => moves.push(byMs));
    choice.attach({
      async setSinkId(deviceId: string) {
        if (deviceId === 'gone') throw new DOMException('', 'NotFoundError');
        sinks.push(deviceId);
      },
    });
    await settled();
    return choice;
  };

  beforeEach(() => {
    room = new Room();
    preferences = memoryKeyValue();
    moves = [];
    sinks = [];
  });

  it('[SD1] remembers how late it is heard, over a reload', async () => {
    (await open()).latencyMs = 12.34;
    deepEqual(moves, [12.3]);
    const again = await open();
    deepEqual(again.output$.value, { deviceId: 's1', label: 'Speaker', latencyMs: 12.3 });
  });

  it('[SD1] has a figure of its own, taken when it is plugged in, and given back', async () => {
    const choice = await open();
    choice.latencyMs = 5;
    room.plug([systemIs(buds), speaker, buds]);
    await settled();
    equal(choice.latencyMs, 0);
    choice.latencyMs = 180;
    room.plug([systemIs(speaker), speaker]);
    await settled();
    equal(choice.latencyMs, 5);
    room.plug([systemIs(buds), speaker, buds]);
    await settled();
    equal(choice.latencyMs, 180);
    deepEqual(moves, [5, -5, 180, -175, 175]);
  });

  it('[SD1] has the figure set last where the browser tells no devices', async () => {
    (await open()).latencyMs = 30;
    room.known = [];
    const again = await open();
    deepEqual(again.output$.value, { deviceId: '', label: null, latencyMs: 30 });
    const plain = createOutputChoice(preferences, undefined, () => {});
    await settled();
    equal(plain.latencyMs, 30);
  });

  it('keeps figures within bounds and takes no nonsense', async () => {
    const choice = await open();
    choice.latencyMs = 9e9;
    equal(choice.latencyMs, 2_000);
    choice.latencyMs = -9e9;
    equal(choice.latencyMs, -500);
    choice.latencyMs = Number.NaN;
    equal(choice.latencyMs, -500);
    await preferences.set('jamz:outputs', { chosen: 7, latenciesMs: 'much' });
    equal((await open()).latencyMs, 0);
  });

  it('is chosen by name, and again after a reload', async () => {
    const choice = await open();
    deepEqual(
      (await choice.list()).map(({ deviceId }) => deviceId),
      ['s1', 'b1'],
    );
    await choice.choose('b1');
    equal(choice.output$.value.label, 'Buds (Bluetooth)');
    sinks = [];
    const again = await open();
    deepEqual(sinks, ['b1']);
    equal(again.output$.value.deviceId, 'b1');
    await again.choose('');
    equal(again.output$.value.deviceId, 's1');
  });

  it('is chosen in the browser’s own picker where it has one', async () => {
    const choice = await open();
    const isUnavailable = (error: unknown): boolean =>
      error instanceof JamzError && error.code === 'unavailable';
    await rejects(choice.choose(), isUnavailable);
    room.pick = async () => buds;
    await choice.choose();
    equal(choice.output$.value.deviceId, 'b1');
  });

  it('says why it cannot be chosen, and stays', async () => {
    const choice = await open();
    const isCode =
      (code: JamzError['code']) =>
      (error: unknown): boolean =>
        error instanceof JamzError && error.code === code;
    await rejects(choice.choose('gone'), isCode('not-found'));
    room.pick = async () => Promise.reject(new DOMException('', 'NotAllowedError'));
    await rejects(choice.choose(), isCode('forbidden'));
    equal(choice.output$.value.deviceId, 's1');
    const bare = createOutputChoice(preferences, room, () => {});
    bare.attach({});
    deepEqual(await bare.list(), []);
    await rejects(bare.choose('b1'), isCode('unavailable'));
  });
});
