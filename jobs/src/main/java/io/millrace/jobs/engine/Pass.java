package io.millrace.jobs.engine;

/**
 * What a pass in training mode found of its minibatch, before any step.
 *
 * @param loss the mean cross-entropy, in nats; NaN or infinite when training has diverged
 * @param correct images whose likeliest class is the one that their target gives the most to; of
 *     equals the first counts
 */
public record Pass(double loss, int correct) {}
