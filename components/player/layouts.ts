import { type CSSResult, css } from 'lit';

/** How the grid of `styles.ts` is laid in tiny, wide and card-shaped room. */
export const layouts: CSSResult = css`
  @container (max-width: 319.9px) {
    .player {
      grid-template:
        'art about controls' auto
        'seek seek seek' auto
        'foot foot foot' auto / auto 1fr auto;
      gap: calc(var(--_space) * 0.75) calc(var(--_space) * 1.25);
      padding: calc(var(--_space) * 1.5);
    }
    .art {
      inline-size: 3em;
    }
    .title {
      font-size: 1em;
    }
    .artist {
      font-size: var(--_size-2);
    }
    .like,
    .skip,
    .extra,
    .foot:not(.call, .trouble) {
      display: none;
    }
    .play {
      inline-size: 2.75em;
      block-size: 2.75em;
      margin: 0;
    }
    .bar {
      block-size: 1.5em;
    }
    .foot {
      margin: 0 calc(var(--_space) * -1.5) calc(var(--_space) * -1.5);
      padding: calc(var(--_space) * 0.75) calc(var(--_space) * 1.5);
    }
    .foot.call {
      padding-block-end: calc(var(--_space) * 1.5);
    }
  }

  @container (min-width: 680px) {
    .player {
      grid-template:
        'art about like controls' auto
        'art seek seek seek' auto
        'foot foot foot foot' auto / auto 1fr auto auto;
      column-gap: calc(var(--_space) * 3);
      row-gap: calc(var(--_space) * 0.5);
    }
    .art {
      inline-size: 7.25em;
    }
    .like {
      margin-inline-start: calc(var(--_space) * -2);
    }
    .foot {
      margin-block-start: calc(var(--_space) * 1.5);
    }
  }

  :host([layout='card']) .frame {
    max-inline-size: 26em;
  }
  :host([layout='card']) .player:not(:has(> slot)) {
    grid-template:
      'art art' auto
      'about like' auto
      'seek seek' auto
      'controls controls' auto
      'foot foot' auto / 1fr auto;
  }
  :host([layout='card']) .art {
    inline-size: auto;
    margin: calc(var(--_space) * -2) calc(var(--_space) * -2) 0;
    border-radius: 0;
  }
  :host([layout='card']) .title {
    font-size: var(--_size-5);
  }
`;
