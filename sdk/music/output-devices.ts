/** An output as the browser lists it. */
export interface OutputDevice {
  readonly deviceId: string;
  /** The same for what is one device; comparable within one visit only. */
  readonly groupId: string;
  readonly label: string;
}

/** What the browser tells of loudspeakers; injected, so that tests plug and unplug them. */
export interface OutputDevices {
  /** As far as it tells: without a permission to hear, most browsers tell none, or no names. */
  list(): Promise<readonly OutputDevice[]>;
  /** Something was plugged in or out. @returns ends it */
  onChange(listener: () => void): () => void;
  /** The browser's own picker, from a tap; undefined where it has none. */
  readonly pick: (() => Promise<OutputDevice>) | undefined;
}

type WithPicker = MediaDevices & { readonly selectAudioOutput?: () => Promise<MediaDeviceInfo> };

/** Undefined where the page may not ask, as on plain http. */
export function browserOutputDevices(): OutputDevices | undefined {
  const media = navigator.mediaDevices as WithPicker | undefined;
  if (!media?.enumerateDevices) return undefined;
  return {
    async list() {
      const devices = await media.enumerateDevices();
      return devices.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '');
    },
    onChange(listener) {
      media.addEventListener?.('devicechange', listener);
      return () => media.removeEventListener?.('devicechange', listener);
    },
    pick: media.selectAudioOutput && (async () => media.selectAudioOutput?.() ?? noDevice()),
  };
}

function noDevice(): never {
  throw new TypeError('There is no picker any more.');
}
