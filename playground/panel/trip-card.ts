import type { Group } from 'trafficjamz';
import type { Route } from '../drive/route.ts';
import { advance, parked, pause, setOff, type Trip } from '../drive/trip.ts';
import { whereAt } from '../drive/where-at.ts';
import type { Phone } from '../phone/phone.ts';

export interface TripCardOptions {
  readonly phone: Phone;
  readonly routes: readonly Route[];
  /** Index of the route chosen at first. */
  readonly routeIndex: number;
}

/** One car: its route, how far it has come, and the switch of its phone's network. */
export class TripCard {
  readonly element: HTMLElement;
  readonly #phone: Phone;
  readonly #routes: readonly Route[];
  #route: Route;
  #trip: Trip = parked;
  #group: Group | undefined;

  constructor(template: HTMLTemplateElement, { phone, routes, routeIndex }: TripCardOptions) {
    const [card] = (template.content.cloneNode(true) as DocumentFragment).children;
    const first = routes[routeIndex];
    if (!(card instanceof HTMLElement) || !first) throw new TypeError('No card or no route.');
    this.element = card;
    this.#phone = phone;
    this.#routes = routes;
    this.#route = first;

    card.dataset['phone'] = phone.element.id;
    this.#part('.trip-name').textContent = phone.name;
    const select = this.#part<HTMLSelectElement>('select');
    select.setAttribute('aria-label', `${phone.name}’s route`);
    select.append(...routes.map(({ name }, index) => new Option(capital(name), String(index))));
    select.value = String(routeIndex);
    select.addEventListener('change', () => this.#choose(Number(select.value)));

    const tunnel = this.#part<HTMLInputElement>('.trip-tunnel input');
    tunnel.setAttribute('aria-label', `${phone.name}’s phone has no signal`);
    tunnel.addEventListener('change', () => {
      phone.switchedOff = tunnel.checked;
    });
    this.#drawRoad();
    this.#draw();
  }

  get driving(): boolean {
    return this.#trip.driving;
  }

  set group(group: Group) {
    this.#group = group;
    group.sharing('precise');
    this.#report();
  }

  set speed(speed: number) {
    this.#trip = { ...this.#trip, speed };
  }

  setOff(): void {
    this.#trip = setOff(this.#trip, this.#route.durationS);
  }

  pause(): void {
    this.#trip = pause(this.#trip);
    this.#report();
  }

  /** Moves the car on; the phone goes dark in the route's tunnels by itself. */
  advance(elapsedMs: number): void {
    if (!this.#trip.driving) return;
    this.#trip = advance(this.#trip, elapsedMs, this.#route.durationS);
    this.#phone.inTunnel = whereAt(this.#route, this.#trip.timeS).inTunnel;
    this.#report();
    this.#draw();
  }

  #choose(index: number): void {
    this.#route = this.#routes[index] ?? this.#route;
    this.#trip = { ...this.#trip, timeS: 0 };
    this.#phone.inTunnel = false;
    this.#drawRoad();
    this.#draw();
    this.#report();
  }

  #report(): void {
    const { lat, lng, headingDeg, speedMps, inTunnel } = whereAt(this.#route, this.#trip.timeS);
    this.#group?.reportPosition({
      lat,
      lng,
      headingDeg,
      speedMps: this.#trip.driving ? speedMps : 0,
      // Under ground a phone guesses on from the mouth of the tunnel.
      accuracyM: inTunnel ? 60 : 8,
    });
  }

  #drawRoad(): void {
    const { durationS, tunnels } = this.#route;
    const spans = tunnels.map(({ fromS, toS }) => {
      const span = document.createElement('span');
      span.className = 'road-tunnel';
      span.style.insetInlineStart = `${(fromS / durationS) * 100}%`;
      span.style.inlineSize = `${((toS - fromS) / durationS) * 100}%`;
      return span;
    });
    this.#part('.road-tunnels').replaceChildren(...spans);
  }

  #draw(): void {
    const share = this.#trip.timeS / this.#route.durationS;
    this.#part('.road-car').style.insetInlineStart = `${share * 100}%`;
    const road = this.#part('.road');
    road.setAttribute('aria-valuenow', String(Math.round(share * 100)));
    road.setAttribute('aria-label', `${this.#phone.name}’s way along the route`);
  }

  #part<E extends HTMLElement>(selector: string): E {
    const found = this.element.querySelector<E>(selector);
    if (!found) throw new TypeError(`The trip card has no ${selector}.`);
    return found;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
