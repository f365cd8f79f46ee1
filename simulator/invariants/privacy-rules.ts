import type { Fix, LiveReport, SharingMode } from '../../sdk/protocol/wire.ts';
import type { Phone } from '../world/phone.ts';
import type { Breach } from './violation.ts';

/** Watches what leaves a phone of where it is. */
export class PrivacyRules {
  readonly #breach: Breach;
  readonly #chosen = new Map<Phone, { readonly run: number; readonly mode: SharingMode }>();
  /** Every precise place that a phone has been told of. */
  readonly #precise = new Map<Phone, Set<string>>();

  constructor(breach: Breach) {
    this.#breach = breach;
  }

  /** The person decided who may know. */
  chose(phone: Phone, mode: SharingMode): void {
    this.#chosen.set(phone, { run: phone.run?.number ?? 0, mode });
  }

  /** Whether the person said *off*, and the app has run on since. */
  isOff(phone: Phone): boolean {
    const chosen = this.#chosen.get(phone);
    return chosen?.mode === 'off' && chosen.run === phone.run?.number;
  }

  /** The device found out where it is. */
  fixed(phone: Phone, fix: Fix): void {
    const places = this.#precise.get(phone) ?? new Set<string>();
    this.#precise.set(phone, places.add(placeOf(fix)));
  }

  sent(phone: Phone, event: string, payload: unknown): void {
    if (event !== 'live') return;
    const { fix } = payload as LiveReport;
    const mode: SharingMode = phone.run?.sharing?.state$.value.mode ?? 'off';
    if (!fix) return;
    if (mode === 'off') this.#breach('private stays private', `${phone.userId} is off and sends`);
    else if (mode === 'coarse' && this.#precise.get(phone)?.has(placeOf(fix))) {
      this.#breach('private stays private', `${phone.userId} shares coarsely and sends a fix`);
    }
  }
}

function placeOf({ lat, lng }: Fix): string {
  return `${lat} ${lng}`;
}
