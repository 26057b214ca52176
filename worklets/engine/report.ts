/**
 * The report to the host (wire's REPORT): transport at each tick, levels with each status.
 */
import {
  REPORT_COUNT, REPORT_CYCLE, REPORT_CYCLES_PER_SECOND, REPORT_EPOCH, REPORT_FRAME, REPORT_HORIZON, REPORT_PEAK_LEFT,
  REPORT_PEAK_RIGHT, REPORT_PLAYING, REPORT_QUEUED, REPORT_REDUCTION_DB, REPORT_REPEATING, REPORT_RMS_LEFT, REPORT_RMS_RIGHT,
  REPORT_SEGMENT_COUNT, REPORT_SEGMENT_VERSION, REPORT_TRUE_PEAK, REPORT_VOICES,
} from './ids';
import { frameNow } from './block';
import { log2 } from './math/approx';
import { lowestGain, resetLimiterMeters, truePeak } from './mixer/limiter';
import { peakLeft, peakRight, resetMeters, rmsLeft, rmsRight } from './mixer/meters';
import { readStripPeaks } from './mixer/strips';
import { epoch, horizon, isRepeating } from './transport/epochs';
import { queued } from './transport/queue';
import { cycleOfFrame, isPlaying, segmentCount, segmentVersion, tempoAt } from './transport/timeline';
import { voiceCount } from './voices/pool';

export const reportAt: usize = memory.data(REPORT_COUNT * 8, 16);

function put(name: i32, value: f64): void {
  store<f64>(reportAt + (<usize>name << 3), value);
}

export function reportTransport(): void {
  const playing = isPlaying();
  put(REPORT_FRAME, frameNow);
  put(REPORT_CYCLE, playing ? cycleOfFrame(frameNow) : NaN);
  put(REPORT_CYCLES_PER_SECOND, playing ? tempoAt(frameNow) : 0);
  put(REPORT_HORIZON, isNaN(horizon) ? 0 : horizon);
  put(REPORT_EPOCH, <f64>epoch);
  put(REPORT_PLAYING, playing ? 1 : 0);
  put(REPORT_REPEATING, isRepeating ? 1 : 0);
  put(REPORT_VOICES, <f64>voiceCount);
  put(REPORT_QUEUED, <f64>queued);
  put(REPORT_SEGMENT_COUNT, <f64>segmentCount);
  put(REPORT_SEGMENT_VERSION, <f64>segmentVersion);
}

/** All of it; the metering period begins anew. */
export function reportAll(): void {
  reportTransport();
  put(REPORT_PEAK_LEFT, <f64>peakLeft);
  put(REPORT_PEAK_RIGHT, <f64>peakRight);
  put(REPORT_RMS_LEFT, rmsLeft());
  put(REPORT_RMS_RIGHT, rmsRight());
  put(REPORT_TRUE_PEAK, <f64>truePeak);
  put(REPORT_REDUCTION_DB, lowestGain < 1 ? -6.020599913279624 * <f64>log2(lowestGain) : 0);
  readStripPeaks();
  resetMeters();
  resetLimiterMeters();
}
