import { expect } from '@open-wc/testing';
import { entry } from '../shared/testing/fake-group.ts';
import { MediaSessionCard, type MediaTrack, type SystemControls } from './media-session.ts';

describe("the system's own controls", () => {
  const track: MediaTrack = {
    item: entry('road', { title: 'Road Song', artist: 'Ana' }),
    artworkUrl: null,
    playing: true,
    positionMs: 60_000,
    durationMs: 180_000,
  };
  let positions: (MediaPositionState | undefined)[];
  let handlers: Map<string, MediaSessionActionHandler | null>;
  let controls: SystemControls;
  let calls: string[];
  let waits: (() => void)[];
  let card: MediaSessionCard;
  const turn = (): void => {
    for (const task of waits.splice(0)) task();
  };

  beforeEach(() => {
    positions = [];
    handlers = new Map();
    calls = [];
    waits = [];
    controls = {
      metadata: null,
      playbackState: 'none',
      setActionHandler: (action, handler) => handlers.set(action, handler),
      setPositionState: (state) => positions.push(state),
    };
    card = new MediaSessionCard(
      controls,
      {
        play: () => calls.push('play'),
        pause: () => calls.push('pause'),
        next: () => calls.push('next'),
        previous: () => calls.push('previous'),
        seek: (positionMs) => calls.push(`seek ${positionMs}`),
      },
      (_delayMs, task) => {
        waits.push(task);
        return () => {
          waits = waits.filter((one) => one !== task);
        };
      },
    );
  });

  it('show the track, whether it plays and where it is', () => {
    card.show(track);
    turn();
    expect(controls.metadata?.title).to.equal('Road Song');
    expect(controls.metadata?.artist).to.equal('Ana');
    expect(controls.playbackState).to.equal('playing');
    expect(positions).to.deep.equal([{ duration: 180, position: 60 }]);
  });

  it('are told nothing within the turn that renders, and then only the latest', () => {
    card.show(track);
    card.show({ ...track, item: entry('rain', { title: 'Rain Song' }), playing: false });
    expect(controls.metadata).to.equal(null);
    expect(positions).to.deep.equal([]);
    turn();
    expect(controls.metadata?.title).to.equal('Rain Song');
    expect(controls.playbackState).to.equal('paused');
    expect(positions).to.have.length(1);
  });

  it('keep their card while the same track goes on', () => {
    card.show(track);
    turn();
    const shown = controls.metadata;
    card.show({ ...track, positionMs: 90_000 });
    turn();
    expect(controls.metadata).to.equal(shown);
    expect(positions.at(-1)).to.deep.equal({ duration: 180, position: 90 });
  });

  it('ask for what their buttons say', () => {
    card.show(track);
    turn();
    handlers.get('nexttrack')?.({ action: 'nexttrack' });
    handlers.get('seekto')?.({ action: 'seekto', seekTime: 12 });
    expect(calls).to.deep.equal(['next', 'seek 12000']);
  });

  it('show nothing any more once the player has gone, not even what it was just told', () => {
    card.show(track);
    turn();
    card.show({ ...track, item: entry('rain') });
    card.clear();
    turn();
    expect(controls.metadata).to.equal(null);
    expect(controls.playbackState).to.equal('none');
    expect([...handlers.values()]).to.deep.equal([null, null, null, null, null]);
  });
});
