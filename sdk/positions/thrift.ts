import { plenty, sparing, type Thrift } from './reporting.ts';

/** What of the browser tells whether data or battery are short. Chromium tells both, the others neither. */
export interface ThriftPlatform {
  readonly connection?: { readonly saveData?: boolean };
  getBattery?(): Promise<{ readonly level: number; readonly charging: boolean }>;
}

const lowLevel = 0.2;

/** How much this device may spend on telling where it is, asked anew each time. */
export function platformThrift(
  platform: ThriftPlatform | undefined = globalThis.navigator as ThriftPlatform | undefined,
): () => Thrift {
  let battery: { readonly level: number; readonly charging: boolean } | undefined;
  // It changes in place.
  platform?.getBattery?.().then(
    (found) => {
      battery = found;
    },
    () => {},
  );
  return () => {
    const isLow = battery !== undefined && !battery.charging && battery.level < lowLevel;
    return platform?.connection?.saveData || isLow ? sparing : plenty;
  };
}
