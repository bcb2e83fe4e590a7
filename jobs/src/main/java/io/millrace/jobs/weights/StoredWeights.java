package io.millrace.jobs.weights;

import java.util.List;

/**
 * What a file of weights says it holds.
 *
 * @param format its name, for people
 * @param tensors of floating-point numbers, in the file's order
 * @param counters how many tensors of whole numbers there are besides, such as counts of
 *     minibatches
 * @param beside what else a checkpoint holds, by its keys
 */
record StoredWeights(
    String format, List<StoredTensor> tensors, int counters, List<String> beside) {}
