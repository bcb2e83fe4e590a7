package io.millrace.jobs.feed;

import io.millrace.jobs.augment.Chain;
import io.millrace.jobs.augment.Levels;
import java.io.Serializable;

/**
 * How the minibatches of every epoch of a training are made.
 *
 * @param view the images
 * @param input their shape, before and after the chain
 * @param normaliser of the dataset's statistics
 * @param chain augmentation
 * @param levels of the dataset, for transforms that make noise like it
 * @param shuffle the order of an epoch
 * @param seed of order and augmentation
 * @param classes how many labels there are; every picture must have one
 */
public record Recipe(
    View view,
    InputShape input,
    Normaliser normaliser,
    Chain chain,
    Levels levels,
    Shuffle shuffle,
    long seed,
    int classes)
    implements Serializable {}
