package io.millrace.pipeline.job;

import java.io.Serializable;

/**
 * A part of a whole, written {@code "1%"} or {@code 0.01}.
 *
 * @param fraction 0 to 1
 */
public record Share(double fraction) implements Serializable {}
