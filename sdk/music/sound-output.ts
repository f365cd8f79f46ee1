import { JamzError } from '../protocol/errors.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { OutputDevice, OutputDevices } from './output-devices.ts';

/** A loudspeaker, as far as the browser tells. */
export interface SoundOutput {
  /** Empty: the system's own choice, of which nothing more is known. */
  readonly deviceId: string;
  /** Its name; null where the browser does not tell. */
  readonly label: string | null;
  /** How much later it is heard than the browser says, ms. */
  readonly latencyMs: number;
}

/** Where this device's sound goes, and how late it is heard there; kept on this device, for each output. */
export interface OutputChoice {
  readonly output$: Live<SoundOutput>;
  /** Of the output in use, −500 … 2,000. */
  latencyMs: number;
  /** What can be chosen; empty where the browser tells of none, or lets nobody choose. */
  list(): Promise<readonly SoundOutput[]>;
  /**
   * @param deviceId one of {@link list}, empty for the system's own choice; absent: asks with the browser's own picker
   * @throws {JamzError} `unavailable`, `not-found`, `forbidden`
   */
  choose(deviceId?: string): Promise<void>;
  /** Sound goes through this context from now on. */
  attach(context: SinkContext): void;
  /** Follows no longer what is plugged in. */
  stop(): void;
}

/** Where the browser lets a page choose. */
export type SinkContext = object & { readonly setSinkId?: (deviceId: string) => Promise<void> };

interface Kept {
  readonly chosen: string;
  /** By device; the empty one has what was set last, for browsers that tell no devices. */
  readonly latenciesMs: Readonly<Record<string, number>>;
}

const key = 'jamz:outputs';
const leastMs = -500;
const mostMs = 2_000;
const mostKept = 50;

/** @param onMove the sound has to come so many ms earlier than before */
export function createOutputChoice(
  preferences: KeyValue,
  devices: OutputDevices | undefined,
  onMove: (byMs: number) => void,
): OutputChoice {
  const output$ = new LiveValue<SoundOutput>({ deviceId: '', label: null, latencyMs: 0 });
  let kept: Kept = { chosen: '', latenciesMs: {} };
  let context: SinkContext | undefined;
  let isTouched = false;

  const latencyOf = (deviceId: string): number => kept.latenciesMs[deviceId] ?? 0;
  const shown = ({ deviceId, label }: OutputDevice): SoundOutput => ({
    deviceId,
    label: label || null,
    latencyMs: latencyOf(deviceId),
  });
  const show = (device: OutputDevice): void => {
    const before = output$.value;
    const next = shown(device);
    if (JSON.stringify(before) === JSON.stringify(next)) return;
    output$.next(next);
    if (next.latencyMs !== before.latencyMs) onMove(next.latencyMs - before.latencyMs);
  };
  const keep = (next: Partial<Kept>): void => {
    isTouched = true;
    kept = { ...kept, ...next };
    preferences.set(key, kept).catch(() => undefined);
  };
  const refresh = async (): Promise<void> => {
    const known = (await devices?.list().catch(() => [])) ?? [];
    show(inUse(known, context?.setSinkId ? kept.chosen : ''));
  };
  const stopFollowing = devices?.onChange(() => void refresh());
  void begin();

  async function begin(): Promise<void> {
    const read = await preferences.get<unknown>(key).catch(() => undefined);
    if (!isTouched && isKept(read)) kept = read;
    if (context) apply(context);
    await refresh();
  }

  function apply(to: SinkContext): void {
    // One that is unplugged now is taken again when it is chosen again: the system's choice sounds meanwhile.
    if (kept.chosen !== '') to.setSinkId?.(kept.chosen).catch(() => undefined);
  }

  return {
    output$,
    get latencyMs() {
      return output$.value.latencyMs;
    },
    set latencyMs(wanted) {
      const ms = Math.round(Math.min(mostMs, Math.max(leastMs, wanted)) * 10) / 10;
      if (!Number.isFinite(ms)) return;
      const { deviceId, label } = output$.value;
      const { [deviceId]: _, ...others } = kept.latenciesMs;
      const recent = Object.entries(others).slice(-mostKept);
      keep({ latenciesMs: { ...Object.fromEntries(recent), '': ms, [deviceId]: ms } });
      show({ deviceId, label: label ?? '', groupId: '' });
    },
    async list() {
      const known = (await devices?.list()) ?? [];
      const canChoose = context?.setSinkId !== undefined;
      return canChoose ? known.filter(({ deviceId }) => isReal(deviceId)).map(shown) : [];
    },
    async choose(deviceId) {
      if (!context?.setSinkId) throw new JamzError('unavailable', leftToSystem);
      const wanted = deviceId ?? (await picked(devices)).deviceId;
      await context.setSinkId(wanted).catch((error: unknown) => {
        throw refusal(error);
      });
      keep({ chosen: wanted });
      await refresh();
    },
    attach(made) {
      context = made;
      apply(made);
      void refresh();
    },
    stop() {
      stopFollowing?.();
    },
  };
}

const leftToSystem =
  'This browser leaves the choice of the loudspeaker to the system: choose it in the system’s own settings.';

/** The device that was chosen, or the one that the system's choice is just now. */
function inUse(known: readonly OutputDevice[], chosen: string): OutputDevice {
  const unknown: OutputDevice = { deviceId: '', label: '', groupId: '' };
  const mine = known.find(({ deviceId }) => chosen !== '' && deviceId === chosen);
  if (mine) return mine;
  const system = known.find(({ deviceId }) => deviceId === 'default');
  const real = known.find(
    ({ deviceId, groupId }) => isReal(deviceId) && groupId !== '' && groupId === system?.groupId,
  );
  return real ?? { ...unknown, label: system?.label ?? '' };
}

/** Not one of the names that browsers have for the system's own choice. */
function isReal(deviceId: string): boolean {
  return deviceId !== '' && deviceId !== 'default' && deviceId !== 'communications';
}

async function picked(devices: OutputDevices | undefined): Promise<OutputDevice> {
  if (!devices?.pick) throw new JamzError('unavailable', leftToSystem);
  return devices.pick().catch((error: unknown) => {
    throw refusal(error);
  });
}

function refusal(cause: unknown): JamzError {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError')
    return new JamzError('not-found', 'That loudspeaker is not there any more.', { cause });
  return new JamzError('forbidden', 'The browser did not allow that loudspeaker.', { cause });
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { chosen, latenciesMs } = value as Partial<Record<keyof Kept, unknown>>;
  return (
    typeof chosen === 'string' &&
    typeof latenciesMs === 'object' &&
    latenciesMs !== null &&
    Object.values(latenciesMs).every((ms) => Number.isFinite(ms) && ms >= leastMs && ms <= mostMs)
  );
}
