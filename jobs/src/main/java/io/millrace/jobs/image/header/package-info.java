/**
 * Reads format, size and orientation from the first bytes of an image file without decoding it, so
 * that a file can be refused before it takes memory. There is a class for each format.
 */
package io.millrace.jobs.image.header;
