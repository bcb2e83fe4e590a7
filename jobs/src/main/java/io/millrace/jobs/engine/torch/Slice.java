package io.millrace.jobs.engine.torch;

import io.millrace.jobs.optimiser.Layout;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Neighbouring weights that step alike, and what their step needs. The tensors are views of the
 * flat ones, and belong to the caller's scope.
 *
 * @param part the first tensor among them, the only one where steps go by tensor
 * @param weights changed in place
 * @param gradient left as it is
 * @param buffers what the optimiser remembers of them, in its order, changed in place
 * @param decay their weight decay
 * @param rate their learning rate
 * @param momentum of the schedule
 * @param step the number of this step, from 1
 */
record Slice(
    Layout.Part part,
    Tensor weights,
    Tensor gradient,
    List<Tensor> buffers,
    double decay,
    double rate,
    double momentum,
    long step) {}
