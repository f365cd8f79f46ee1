function e(e){return e.fileId===void 0?e.url===void 0?`track:${e.trackId??e.itemId}`:`url:${e.url}`:`file:${e.fileId}`}export{e as s};
