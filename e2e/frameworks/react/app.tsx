import 'trafficjamz/components/define';
import { type ReactElement, useRef, useState } from 'react';
import {
  GroupProvider,
  useAccess,
  useGroup,
  useMembers,
  useNowPlaying,
  usePlaylist,
  useSyncStatus,
  useUser,
} from 'trafficjamz/react';

export function App(): ReactElement {
  const [both, setBoth] = useState(true);
  const user = useUser();
  const status = useSyncStatus();
  return (
    <>
      <p id="who">{user?.name}</p>
      <p id="state">{status?.state}</p>
      <button type="button" id="fold" onClick={() => setBoth(!both)}>
        Fold
      </button>
      <GroupProvider place="react-north">
        <Section name="north" />
      </GroupProvider>
      {both && (
        <GroupProvider place="react-south">
          <Section name="south" />
        </GroupProvider>
      )}
    </>
  );
}

function Section({ name }: { readonly name: string }): ReactElement {
  const access = useAccess();
  const group = useGroup();
  const now = useNowPlaying();
  const playlist = usePlaylist();
  const members = useMembers();
  const [heard, setHeard] = useState<readonly string[]>([]);
  const player = useRef<HTMLElementTagNameMap['jamz-player']>(null);
  const hear = (word: string): void => setHeard((words) => [...words, word]);

  return (
    <section id={name}>
      <h2>{access.kind}</h2>
      <output>{playlist?.map(({ title }) => title).join(', ')}</output>
      <p className="now">{now?.playing ? now.item?.title : 'Silence'}</p>
      <p className="members">{members?.length}</p>
      <p className="heard">{heard.join(' ')}</p>
      <p className="pan">{player.current?.pan}</p>
      <button
        type="button"
        className="add"
        onClick={() =>
          group?.addTracks([
            { title: `Song of ${name}`, url: 'https://music.example/1.mp3', durationMs: 180_000 },
          ])
        }
      >
        Add
      </button>
      {group && (
        <>
          <jamz-player
            ref={player}
            group={group}
            layout="compact"
            pan={0.5}
            onjamz-request-play={({ detail }) => hear(`ask:${detail.positionMs}`)}
            onjamz-play={({ detail, currentTarget }) =>
              hear(`play:${currentTarget.pan}:${typeof detail.itemId}`)
            }
          />
          <jamz-playlist
            group={group}
            density="compact"
            onjamz-request-remove={(event) => {
              event.preventDefault();
              hear('kept');
            }}
          >
            <p slot="empty">Nothing yet</p>
          </jamz-playlist>
        </>
      )}
    </section>
  );
}
