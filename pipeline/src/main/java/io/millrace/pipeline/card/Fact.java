package io.millrace.pipeline.card;

/**
 * A line of what {@code show} says of a result.
 *
 * @param name what it is, in a word or two, e.g. {@code images}; several lines may have the same
 * @param value as a person reads it, on one line
 */
public record Fact(String name, String value) {}
