import type { KeyValue } from "../../cart/storage.ts";
import { createStore, type Store } from "../../store.ts";

const key = "gorder.staff.sound";

/** The sound of a new ticket. Off until somebody wants it, and remembered on this device. */
export type Chime = { on: Store<boolean>; set(on: boolean): void; ring(): void };

/** `open` gives the browser's audio, or throws where there is none. */
export function createChime(storage: KeyValue, open: () => AudioContext): Chime {
  const on = createStore(storage.getItem(key) === "on");
  let audio: AudioContext | undefined;
  const ring = () => {
    if (!on.get()) return;
    try {
      audio ??= open();
      // A browser lets a page sound only once it was touched.
      void audio.resume();
      for (const [index, pitch] of [784, 1175].entries()) note(audio, pitch, audio.currentTime + index * 0.16);
    } catch {
      // A kitchen without a loudspeaker still sees the ticket.
    }
  };
  return {
    on,
    ring,
    set(wanted) {
      storage.setItem(key, wanted ? "on" : "off");
      on.set(wanted);
      ring();
    },
  };
}

function note(audio: AudioContext, pitch: number, at: number) {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.type = "triangle";
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.4, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.65);
}
