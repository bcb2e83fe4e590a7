package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;

/**
 * A transform that needs only a part of a picture or a smaller form: if it is the first of a chain,
 * the whole decoded picture is never copied into the heap.
 */
sealed interface Opening permits RandomResizedCrop, ResizeTo {
  /** Applies it to a picture. */
  Image open(PixelSource source, Draws draws, int position);
}
