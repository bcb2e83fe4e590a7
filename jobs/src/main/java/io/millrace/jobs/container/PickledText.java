package io.millrace.jobs.container;

/**
 * A string or bytes in a pickle, where they lie.
 *
 * @param offset of the first byte in the file
 * @param length in bytes
 * @param utf8 whether each byte that it stands for is a character in UTF-8, as Python 3 writes
 *     bytes for Python 2
 * @param text what it says; empty if it is long
 */
public record PickledText(long offset, long length, boolean utf8, String text) {}
