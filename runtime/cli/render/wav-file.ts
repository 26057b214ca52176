/** A WAV file that grows slice by slice; its header is written last, when the length is known. */
import { maxFrames, paddingBytes, type SampleFormat, wavHeader, wavSamples } from '../../render/wav.ts';
import { InputError } from '../command.ts';
import { OutputFile } from './output-file.ts';

export class WavFile {
  readonly #file: OutputFile;
  readonly #format: SampleFormat;
  readonly #sampleRate: number;
  #frames = 0;

  /** Opens the file; `path` is absolute, `name` what the user wrote. Throws an InputError. */
  constructor(name: string, path: string, format: SampleFormat, sampleRate: number) {
    this.#file = new OutputFile(name, path);
    this.#format = format;
    this.#sampleRate = sampleRate;
    this.#file.write(wavHeader(format, sampleRate, 0));
  }

  add(left: Float32Array, right: Float32Array): void {
    this.#frames += left.length;
    if (this.#frames > maxFrames(this.#format)) {
      throw new InputError(
        `${this.#file.name} would pass 4 GB, the limit of WAV: fewer seconds, --rate or --bits.`,
      );
    }
    this.#file.write(wavSamples(this.#format, left, right));
  }

  /** Puts the whole file in its place. */
  finish(): void {
    this.#file.write(new Uint8Array(paddingBytes(this.#format, this.#frames)));
    this.#file.write(wavHeader(this.#format, this.#sampleRate, this.#frames), 0);
    this.#file.finish();
  }

  /** Leaves no trace of an unfinished file. */
  discard(): void {
    this.#file.discard();
  }
}
