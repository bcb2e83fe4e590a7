package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;

/**
 * A transform that takes what it needs of a picture: where it is the first of a chain, the rest of
 * a decoded picture never gets into the heap.
 */
sealed interface Opening permits RandomResizedCrop, ResizeTo {
  /** What it makes of a picture. */
  Image open(PixelSource source, Draws draws, int position);
}
