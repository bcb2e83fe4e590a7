/** Resizing, in two passes and bit for bit as Pillow does it, from rows of any kind. */
package io.millrace.jobs.image.resample;
