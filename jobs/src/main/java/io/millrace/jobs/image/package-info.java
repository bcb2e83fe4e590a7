/**
 * One image in memory: pixels, encodings, decoding. Every reader of encoded bytes decodes through
 * the one decoder that stands here. It touches nothing else of the project.
 */
package io.millrace.jobs.image;
