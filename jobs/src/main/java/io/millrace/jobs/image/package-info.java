/**
 * One picture in memory: header, decoding, resizing, encoding, pixels. Every reader of encoded
 * bytes decodes through the one decoder that stands here, which refuses what is not whole.
 */
package io.millrace.jobs.image;
