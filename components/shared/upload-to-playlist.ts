import type { Group, Upload, UploadedFile } from '../../sdk/index.ts';
import { request, tell } from './events.ts';

/** For the `accept` of file inputs: by media type, and by ending where the system knows no type. */
export const audioTypes = 'audio/*,.mp3,.m4a,.aac,.ogg,.opus,.flac,.wav,.weba';

/**
 * Uploads files to a group and, as each is done, adds it to the playlist.
 *
 * @returns one upload a file, in their order; none where the page said no
 */
export function uploadToPlaylist(
  element: EventTarget,
  group: Group,
  files: readonly File[],
  options: { readonly add: boolean } = { add: true },
): readonly Upload[] {
  if (files.length === 0 || !request(element, 'jamz-request-upload', { files })) return [];
  return files.map((file) => {
    const upload = group.jamz.uploads.add(file, { groupId: group.id, name: file.name });
    upload.result.then(
      (uploaded) => {
        tell(element, 'jamz-upload-done', { fileId: uploaded.fileId, title: uploaded.title });
        if (options.add) addUploaded(element, group, uploaded);
      },
      () => {
        // What went wrong shows in the upload's own progress.
      },
    );
    return upload;
  });
}

function addUploaded(element: EventTarget, group: Group, file: UploadedFile): void {
  if (!request(element, 'jamz-request-add-tracks', { titles: [file.title] })) return;
  const { fileId, title, artist, durationMs } = file;
  group.addTracks([
    {
      fileId,
      title,
      ...(artist === undefined ? {} : { artist }),
      ...(durationMs === undefined ? {} : { durationMs }),
    },
  ]);
}
