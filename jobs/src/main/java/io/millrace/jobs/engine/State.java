package io.millrace.jobs.engine;

import java.io.Serializable;
import java.util.List;

/**
 * All that a learner is: weights, running statistics, optimiser state, counts.
 *
 * @param tensors in canonical order
 */
public record State(List<NamedTensor> tensors) implements Serializable {}
