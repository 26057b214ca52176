/**
 * What the meters show of the output: peak and mean square since they were read last.
 */
import { BLOCK } from '../block';

export let peakLeft: f32 = 0;
export let peakRight: f32 = 0;
let squareLeft: f64 = 0;
let squareRight: f64 = 0;
let frames: f64 = 0;

/** Takes in a block: left, then right. */
export function noteMeters(output: usize): void {
  let sumLeft: f32 = 0;
  let sumRight: f32 = 0;
  for (let i = 0; i < BLOCK; i++) {
    const left = load<f32>(output + (<usize>i << 2));
    const right = load<f32>(output + (<usize>i << 2), 512);
    peakLeft = max(peakLeft, abs(left));
    peakRight = max(peakRight, abs(right));
    sumLeft += left * left;
    sumRight += right * right;
  }
  squareLeft += <f64>sumLeft;
  squareRight += <f64>sumRight;
  frames += <f64>BLOCK;
}

export function rmsLeft(): f64 {
  return frames > 0 ? sqrt(squareLeft / frames) : 0;
}

export function rmsRight(): f64 {
  return frames > 0 ? sqrt(squareRight / frames) : 0;
}

export function resetMeters(): void {
  peakLeft = 0;
  peakRight = 0;
  squareLeft = 0;
  squareRight = 0;
  frames = 0;
}
