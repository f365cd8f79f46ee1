import { html, type TemplateResult } from 'lit';
import { define } from '../shared/define.ts';
import { entry, type FakeGroup, silence } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { JamzPlayer } from './jamz-player.ts';

define('jamz-player', JamzPlayer);

export const road: ReturnType<typeof entry> = entry('road', {
  title: 'Road Song',
  artist: 'Ana',
  likes: 2,
});
export const rain: ReturnType<typeof entry> = entry('rain', { title: 'Rain Song' });

/** A player in a group that is at a minute of its first of two tracks. */
export interface PlayerWorld {
  readonly jamz: FakeJamz;
  readonly group: FakeGroup;
  now(patch?: Partial<typeof silence>): void;
  readonly player: TemplateResult;
}

export function playerWorld(): PlayerWorld {
  const jamz = new FakeJamz();
  const group = jamz.group('crew');
  const now = (patch: Partial<typeof silence> = {}): void => {
    group.nowPlaying$.next({
      ...silence,
      item: road,
      positionMs: 60_000,
      atServerMs: jamz.nowMs,
      durationMs: 180_000,
      nextItem: rain,
      by: 'bo',
      ...patch,
    });
  };
  group.playlist$.next([road, rain]);
  now();
  return { jamz, group, now, player: html`<jamz-player .group=${group}></jamz-player>` };
}

export function partOf(element: JamzPlayer, name: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~='${name}']`);
  if (!found) throw new Error(`No part ${name}`);
  return found;
}

export function textOf(element: JamzPlayer): string {
  return element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
}

export function press(
  element: HTMLElement,
  key: string,
  init: KeyboardEventInit = {},
): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  element.dispatchEvent(event);
  return event;
}
