/**
 * What the first bytes of an image file say (format, size, orientation), a class a format, read
 * without decoding: enough to refuse a file before it costs memory.
 */
package io.millrace.jobs.image.header;
