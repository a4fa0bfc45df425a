// The lock screen and the keys of a headset.

/** Tells the system what is played and lets it steer. */
export function announce({ title, artist, artwork }, acts) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title, artist, artwork });
  const handlers = {
    play: acts.play,
    pause: acts.pause,
    stop: acts.pause,
    seekbackward: acts.back,
    seekforward: acts.forward,
    previoustrack: acts.paragraphBack,
    nexttrack: acts.paragraphForward,
    seekto: ({ seekTime }) => acts.seek(seekTime * 1000),
  };
  for (const [action, handler] of Object.entries(handlers)) handle(action, handler);
}

function handle(action, handler) {
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch {
    // This browser does not know the action.
  }
}

/** Tells the system where the sound is. @param {HTMLAudioElement} audio */
export function place(audio) {
  if (!navigator.mediaSession?.setPositionState || !Number.isFinite(audio.duration)) return;
  const position = Math.min(audio.currentTime, audio.duration);
  navigator.mediaSession.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate, position });
}
