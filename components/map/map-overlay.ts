import { html, nothing, type TemplateResult } from 'lit';
import type { SharingState } from '../../sdk/index.ts';
import { peopleIcon, plusIcon, warningIcon } from '../shared/icons.ts';
import type { MapEngine } from './engine.ts';
import type { Follow } from './follow.ts';
import type { GroundProblem } from './ground.ts';
import { headingIcon, minusIcon } from './icons.ts';
import { scaleBar } from './scale.ts';
import { sharingPill } from './share-views.ts';
import { distanceText, type MapWords } from './words.ts';

/** What lies over the map: sharing, tools, scale, and whose data it is. */
export function overlay(view: {
  readonly words: MapWords;
  readonly sharing: SharingState;
  readonly language: string;
  readonly engine: MapEngine | undefined;
  readonly problem: GroundProblem;
  readonly attribution: string;
  readonly follow: Follow;
  /** Whether I am on the map myself. */
  readonly onMap: boolean;
  readonly news: TemplateResult | typeof nothing;
  readonly onStop: () => void;
  readonly onFollow: (follow: Follow) => void;
  readonly onZoom: (step: number) => void;
}): TemplateResult {
  const { words, follow } = view;
  const toggle = (mode: 'me' | 'group', label: string, drawing: TemplateResult, off = false) =>
    html`<button
      class="icon-button"
      aria-pressed=${follow === mode ? 'true' : 'false'}
      aria-label=${label}
      title=${label}
      ?disabled=${off}
      @click=${() => view.onFollow(follow === mode ? 'free' : mode)}
    >
      ${drawing}
    </button>`;
  const zoom = (step: number, label: string, drawing: TemplateResult) =>
    html`<button class="icon-button" aria-label=${label} title=${label} @click=${() => view.onZoom(step)}>
      ${drawing}
    </button>`;
  return html`<div class="overlay">
    <div class="said">${sharingPill(view.sharing, words, view.language, view.onStop)}${problemPill(view.problem, words)}${view.news}</div>
    <div class="tools">
      <div class="tool-group">
        ${toggle('me', words.followMe, headingIcon(), !view.onMap)}
        ${toggle('group', words.followGroup, peopleIcon())}
      </div>
      <div class="tool-group zoom">
        ${zoom(1, words.zoomIn, plusIcon())}${zoom(-1, words.zoomOut, minusIcon())}
      </div>
    </div>
    ${scaleView(view.engine, words)}
    ${
      view.attribution
        ? html`<p class="attribution" part="attribution">${view.attribution}</p>`
        : nothing
    }
  </div>`;
}

function scaleView(
  engine: MapEngine | undefined,
  words: MapWords,
): TemplateResult | typeof nothing {
  if (!engine) return nothing;
  const { metres, px } = scaleBar(engine.camera(), 96);
  return html`<div class="scale tabular" .style=${`inline-size: ${px.toFixed(0)}px`}>
    ${distanceText(metres, words)}
  </div>`;
}

function problemPill(problem: GroundProblem, words: MapWords): TemplateResult | typeof nothing {
  if (problem === 'none') return nothing;
  return html`<div class="pill" role="status">
    ${warningIcon()}<span>${problem === 'no-streets' ? words.noStreets : words.tilesMissing}</span>
  </div>`;
}
