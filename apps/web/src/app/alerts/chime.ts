import { DOCUMENT, inject, Injectable } from '@angular/core';

const LENGTH_SECONDS = 0.18;
const PITCH_HZ = 660;
const LOUDNESS = 0.08;

/** One soft tone, made here: no file is loaded for it. */
@Injectable({ providedIn: 'root' })
export class Chime {
  readonly #window = inject(DOCUMENT).defaultView!;
  #audio: AudioContext | undefined;

  /** Browsers let a page sound only after a click; this is called in one. */
  prepare(): void {
    if ('AudioContext' in this.#window) this.#audio ??= new AudioContext();
  }

  ring(): void {
    const audio = this.#audio;
    if (!audio) return;
    const tone = new OscillatorNode(audio, { frequency: PITCH_HZ });
    const volume = new GainNode(audio, { gain: LOUDNESS });
    volume.gain.linearRampToValueAtTime(0, audio.currentTime + LENGTH_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + LENGTH_SECONDS);
  }
}
