/** Resizes pictures in two passes, bit-identical to Pillow. */
package io.millrace.jobs.image.resample;
