package io.millrace.pipeline;

import org.apiguardian.api.API;

/**
 * The line of a {@link Problem}, and the part of the line that is wrong.
 *
 * @param line of the file, from 1; 0 for an argument of the command line
 * @param text the whole line
 * @param from index in the text of the first wrong character
 * @param to index after the last one; equal to {@code from} if no part is known
 */
@API(status = API.Status.STABLE)
public record Excerpt(int line, String text, int from, int to) {}
