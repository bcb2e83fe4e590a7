/**
 * Decodes and encodes pictures with OpenCV. All encoded bytes are decoded by the one decoder here,
 * which refuses incomplete pictures and those beyond its limits.
 */
package io.millrace.jobs.image.codec;
