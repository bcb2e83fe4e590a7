package io.millrace.jobs.schedule;

import java.io.Serializable;

/**
 * The hyper-parameters of one step.
 *
 * @param learningRate at least 0
 * @param momentum 0..1; for Adam it is beta 1
 */
public record Hyper(double learningRate, double momentum) implements Serializable {}
