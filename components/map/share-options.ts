import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Group, LatLng, PrivatePlaces } from '../../sdk/index.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import { closeIcon } from '../shared/icons.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { type MapOptionsWords, mapOptionsWords } from './options-words.ts';
import type { PersonOnMap } from './people.ts';
import { shareOptionsStyles } from './share-options-styles.ts';

/** What the map knows of sharing, and does when its person chooses. */
export interface SharingScene {
  /** How long sharing lasts once it is begun, ms; null: until it is stopped. */
  readonly lastingMs: () => number | null;
  readonly onLasting: (ms: number | null) => void;
  readonly group: () => Group | undefined;
  /** Where they are on the map, if they are. */
  readonly me: () => PersonOnMap | undefined;
  /** What they look at. */
  readonly middle: () => LatLng | undefined;
}

export const styles: readonly CSSResult[] = [shareOptionsStyles];

const minuteMs = 60_000;

/** How long, where not, and from which device: what a person settles once, behind one button. */
export function open(host: PartHost, scene: SharingScene): Part {
  const words = (): MapOptionsWords => wordsFor(host.element, mapOptionsWords);
  const asking = errand(host, () => words().failed);
  let places: PrivatePlaces | undefined;
  let watching: { unsubscribe(): void } | undefined;
  let isClosed = false;
  const load = async (): Promise<void> => {
    await asking.run(async () => {
      places = await host.jamz.privatePlaces();
      if (!isClosed) watching = places.places$.subscribe(host.update);
    });
  };
  void load();

  const share = (options: { readonly primary?: boolean; readonly visits?: boolean }): void => {
    const group = scene.group();
    group?.sharing(group.sharing$.value.mode, options);
  };
  /** Where a place is hidden: where the person is, else what they look at. */
  const hereNow = (): LatLng | undefined => {
    const me = scene.me();
    return me && !me.coarse ? me.position.fix : scene.middle();
  };

  const change = (run: (known: PrivatePlaces) => Promise<unknown>): void => {
    const known = places;
    if (known) void asking.run(async () => void (await run(known)));
  };

  const time = (): TemplateResult => {
    const { time: legend, untilStopped, quarter, hour, evening } = words();
    const choice = (ms: number | null, text: string) => html`<label
      ><input
        type="radio"
        name="lasting"
        .checked=${scene.lastingMs() === ms}
        @change=${() => scene.onLasting(ms)}
      /><span>${text}</span></label
    >`;
    return html`<fieldset class="segments" part="lasting">
      <legend>${legend}</legend>
      ${choice(null, untilStopped)}${choice(15 * minuteMs, quarter)}${choice(60 * minuteMs, hour)}
      ${choice(480 * minuteMs, evening)}
    </fieldset>`;
  };

  const privatePlaces = (): TemplateResult => {
    const { places: title, placesText, hideHere, placeName, remove, lost } = words();
    const list = places?.places$.value;
    const here = hereNow();
    return html`<section class="private" part="private-places">
      <h3>${title}</h3>
      <p class="hint">${places && !list ? lost : placesText}</p>
      ${
        list?.length
          ? html`<ul>
              ${list.map((place, index) => {
                const name = place.name || placeName(index + 1);
                return html`<li>
                  <span class="truncate">${name}</span>
                  <button
                    class="icon-button"
                    aria-label=${remove(name)}
                    title=${remove(name)}
                    ?disabled=${asking.busy}
                    @click=${() => change((known) => known.remove(place.id))}
                  >
                    ${closeIcon()}
                  </button>
                </li>`;
              })}
            </ul>`
          : nothing
      }
      <button
        class="button"
        ?disabled=${asking.busy || !places || !here}
        @click=${() => here && change((known) => known.add({ lat: here.lat, lng: here.lng }))}
      >
        ${hideHere}
      </button>
    </section>`;
  };

  const visits = (): TemplateResult => html`<label class="check" part="visits">
    <input
      type="checkbox"
      .checked=${live(scene.group()?.sharing$.value.visits ?? false)}
      @change=${({ target }: Event) =>
        target instanceof HTMLInputElement && share({ visits: target.checked })}
    />
    <span>${words().visits}<small>${words().visitsText}</small></span>
  </label>`;

  const device = (): TemplateResult | typeof nothing => {
    if (!scene.me()?.otherDevices) return nothing;
    return html`<div class="primary-device" part="primary-device">
      <p class="hint">${words().thisDeviceText}</p>
      <button class="button" @click=${() => share({ primary: true })}>${words().thisDevice}</button>
    </div>`;
  };

  const problem = (): TemplateResult | typeof nothing =>
    asking.problem
      ? html`<p class="trouble" role="alert">${asking.problem}</p>
          <button class="button" @click=${() => void load()}>
            ${wordsFor(host.element, commonWords).retry}
          </button>`
      : nothing;

  return {
    view: () => html`<div class="share-options">
      ${time()}${visits()}${privatePlaces()}${device()}${problem()}
    </div>`,
    close() {
      isClosed = true;
      watching?.unsubscribe();
    },
  };
}
