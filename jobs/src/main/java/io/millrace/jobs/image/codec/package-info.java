/**
 * Bytes to pixels and back, by OpenCV. Every reader of encoded bytes decodes through the one
 * decoder that is here, which refuses what is not whole or beyond its limits.
 */
package io.millrace.jobs.image.codec;
