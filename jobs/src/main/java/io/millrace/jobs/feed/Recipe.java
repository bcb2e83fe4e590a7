package io.millrace.jobs.feed;

import io.millrace.jobs.augment.Chain;
import java.io.Serializable;

/**
 * How the minibatches of every epoch of a training are made.
 *
 * @param view the images
 * @param input their shape, before and after the chain
 * @param normaliser of the dataset's statistics
 * @param chain augmentation
 * @param shuffle the order of an epoch
 * @param seed of order and augmentation
 * @param classes how many labels there are; every picture must have one
 */
public record Recipe(
    View view,
    InputShape input,
    Normaliser normaliser,
    Chain chain,
    Shuffle shuffle,
    long seed,
    int classes)
    implements Serializable {}
