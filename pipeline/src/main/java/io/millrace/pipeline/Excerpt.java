package io.millrace.pipeline;

import org.apiguardian.api.API;

/**
 * The line that a {@link Problem} is about, and the part of it that is meant.
 *
 * @param line of the file, from 1; 0 for an argument of the command line
 * @param text the whole line
 * @param from index in the text of the first character that is meant
 * @param to index after the last one; equal to {@code from} where no part is known
 */
@API(status = API.Status.STABLE)
public record Excerpt(int line, String text, int from, int to) {}
