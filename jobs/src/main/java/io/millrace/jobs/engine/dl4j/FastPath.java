package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.pipeline.CannotException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.Nd4jCpu;

/**
 * Checks that convolutions use oneDNN: without it they are seven times slower, and nothing says so.
 */
final class FastPath {
  private FastPath() {}

  /**
   * Builds a network of one convolution and checks that it has its oneDNN helper.
   *
   * @throws CannotException if not
   */
  static void check() {
    Blueprint tiny = new ConvNet(List.of(1)).blueprint(1, 3, 3, 2);
    ComputationGraph graph = GraphTranslation.graph(tiny, DataType.FLOAT, true);
    try {
      boolean helped = ((ConvolutionLayer) graph.getLayer("conv1")).getHelper() != null;
      boolean allowed = Nd4j.getEnvironment().helpersAllowed();
      boolean present = Nd4jCpu.Environment.getInstance().isUseMKLDNN();
      if (!helped || !allowed || !present) {
        throw new CannotException(
            "train at full speed",
            "convolutions do not use oneDNN (helper %s, helpers allowed %s, oneDNN present %s); remove any -Dorg.eclipse.deeplearning4j.helpers.disable and keep the -onednn-avx2 natives on the class path"
                .formatted(helped, allowed, present));
      }
    } finally {
      graph.close();
    }
  }
}
