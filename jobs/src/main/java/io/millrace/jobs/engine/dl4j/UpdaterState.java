package io.millrace.jobs.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of a graph's updater as our optimisers' buffers in canonical order. Deeplearning4j
 * stores it in blocks of consecutive parameters: a block's first buffer, then its second.
 */
final class UpdaterState {
  private final ParameterLayout layout;
  private final List<UpdaterBlock> blocks;
  private final int parameters;
  private final Floats view;
  private final float[] values;

  /**
   * @param graph must not be closed while this object is used
   */
  UpdaterState(ComputationGraph graph, ParameterLayout layout) {
    this.layout = layout;
    this.blocks = graph.getUpdater().getUpdaterBlocks();
    this.parameters = Math.toIntExact(graph.numParams());
    INDArray state = graph.getUpdater().getStateViewArray();
    this.view = state == null ? null : Floats.of(state);
    this.values = new float[state == null ? 0 : view.length()];
  }

  /**
   * Fills it from as many buffers as the updater has; later ones are ignored.
   *
   * @param buffers each {@code [weights]}
   */
  void write(List<float[]> buffers) {
    if (view == null) {
      return;
    }
    for (int b = 0; b < buffers.size(); b++) {
      float[] ordered = new float[parameters];
      layout.fromCanonical(buffers.get(b), ordered);
      for (UpdaterBlock block : blocks) {
        int size = block.getParamOffsetEnd() - block.getParamOffsetStart();
        if (b < kept(block)) {
          int at = block.getUpdaterViewOffsetStart() + b * size;
          System.arraycopy(ordered, block.getParamOffsetStart(), values, at, size);
        }
      }
    }
    view.write(values);
  }

  /**
   * The buffers after a round.
   *
   * @param before the buffers before it; those that the updater does not have are returned
   *     unchanged
   */
  List<float[]> read(List<float[]> before) {
    if (view == null) {
      return before;
    }
    view.read(values);
    List<float[]> after = new ArrayList<>(before.size());
    for (int b = 0; b < before.size(); b++) {
      float[] ordered = new float[parameters];
      for (UpdaterBlock block : blocks) {
        int size = block.getParamOffsetEnd() - block.getParamOffsetStart();
        if (b < kept(block)) {
          int at = block.getUpdaterViewOffsetStart() + b * size;
          System.arraycopy(values, at, ordered, block.getParamOffsetStart(), size);
        }
      }
      float[] buffer = new float[before.get(b).length];
      layout.toCanonical(ordered, buffer);
      after.add(buffer);
    }
    return after;
  }

  private static int kept(UpdaterBlock block) {
    int size = block.getParamOffsetEnd() - block.getParamOffsetStart();
    return (block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart()) / size;
  }
}
