package io.millrace.jobs.container;

/**
 * A string or bytes in a pickle, and their place in the file.
 *
 * @param offset of the first byte in the file
 * @param length in bytes
 * @param utf8 whether it is UTF-8 with a character for each byte, as Python 3 writes bytes for
 *     Python 2
 * @param text its characters; empty if it is long
 */
public record PickledText(long offset, long length, boolean utf8, String text) {}
