import type { EngineOptions, MapEngine, StreetOptions } from './engine.ts';
import type { Camera } from './geo.ts';
import { createPlainEngine } from './plain-engine.ts';

/** What an element's attributes say about its streets. */
export interface StreetWish {
  readonly tiles: string | undefined;
  readonly styleUrl: string | undefined;
  readonly workerUrl: string | undefined;
}

/** `none`: no streets are wished for, or all is well. */
export type GroundProblem = 'none' | 'no-streets' | 'tiles-missing';

export interface GroundOptions {
  readonly plain: HTMLElement;
  readonly streets: HTMLElement;
  /** Where to look first; undefined where nothing says so. */
  readonly start: Camera | undefined;
  readonly dark: boolean;
  readonly wish: StreetWish;
  readonly onMove: () => void;
  readonly onGrab: () => void;
  /** The engine, or what is wrong with it, is another one now. */
  readonly onChange: () => void;
  readonly loadStreets: () => Promise<{
    createStreetEngine(options: StreetOptions): Promise<MapEngine>;
  }>;
}

/** The ground an element stands on: plain at once, streets over it as soon as they can be drawn. */
export interface Ground {
  readonly engine: MapEngine;
  readonly problem: GroundProblem;
  setDark(dark: boolean): void;
  /** Streets that could not be had are asked for again, as when the network is back. */
  retry(): void;
  close(): void;
}

const wholeWorld: Camera = { lat: 30, lng: 0, zoom: 1.5 };

export function openGround(options: GroundOptions): Ground {
  const { wish, onChange } = options;
  const wanted = wish.tiles !== undefined || wish.styleUrl !== undefined;
  let dark = options.dark;
  let problem: GroundProblem = 'none';
  let loading = false;
  let closed = false;
  const plain = createPlainEngine(engineOptions(options.plain, options.start ?? wholeWorld));
  let engine: MapEngine = plain;

  function engineOptions(container: HTMLElement, camera: Camera): EngineOptions {
    return {
      container,
      camera,
      dark,
      onMove: options.onMove,
      onGrab: options.onGrab,
      onFailure: fallBack,
    };
  }

  function fallBack(): void {
    if (closed || engine === plain) return;
    const streets = engine;
    plain.moveTo(streets.camera(), 0);
    engine = plain;
    problem = 'no-streets';
    streets.close();
    onChange();
  }

  async function layStreets(): Promise<void> {
    if (!wanted || loading || closed || engine !== plain) return;
    loading = true;
    try {
      const { createStreetEngine } = await options.loadStreets();
      if (closed) return;
      const streets = await createStreetEngine(streetOptions());
      if (closed) {
        streets.close();
        return;
      }
      // The person, or following, may have moved the plain ground while the streets were loading.
      const looksAt = plain.camera();
      if (looksAt.lat !== wholeWorld.lat || looksAt.zoom !== wholeWorld.zoom) {
        streets.moveTo(looksAt, 0);
      }
      streets.setDark(dark);
      engine = streets;
      problem = 'none';
    } catch {
      // Whatever it is (no WebGL, no worker, no file), the plain ground holds and the person is told.
      problem = 'no-streets';
    } finally {
      loading = false;
      if (!closed) onChange();
    }
  }

  function streetOptions(): StreetOptions {
    const { tiles, styleUrl, workerUrl } = wish;
    return {
      ...engineOptions(options.streets, plain.camera()),
      findStart: options.start === undefined,
      ...(tiles === undefined ? {} : { tiles }),
      ...(styleUrl === undefined ? {} : { styleUrl }),
      ...(workerUrl === undefined ? {} : { workerUrl }),
      onTiles(state) {
        if (closed || problem === 'no-streets') return;
        problem = state === 'missing' ? 'tiles-missing' : 'none';
        onChange();
      },
    };
  }

  void layStreets();

  return {
    get engine() {
      return engine;
    },
    get problem() {
      return problem;
    },
    setDark(isDark) {
      dark = isDark;
      engine.setDark(isDark);
    },
    retry() {
      void layStreets();
    },
    close() {
      closed = true;
      plain.close();
      if (engine !== plain) engine.close();
    },
  };
}
