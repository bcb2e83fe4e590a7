package io.millrace.jobs.architecture;

import java.io.Serializable;

/**
 * A network as plain data: nodes in topological order, with shapes.
 *
 * @param channels of the input
 * @param height of the input
 * @param width of the input
 * @param classes outputs
 */
public record Blueprint(int channels, int height, int width, int classes) implements Serializable {}
