package io.millrace.jobs.engine.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.OwnForm;
import io.millrace.jobs.tensor.State;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The zip that Deeplearning4j's {@link ModelSerializer} reads: the graph, its parameters and the
 * normaliser of its input. It would write the same with the time of day in it.
 */
final class ModelZip implements OwnForm {
  private static final String OURS = "io.millrace";

  @Override
  public void write(
      Blueprint blueprint, State weights, List<Double> mean, List<Double> std, OutputStream out)
      throws IOException {
    Natives.start();
    Blueprint predicting = blueprint.predicting();
    ComputationGraph graph = GraphTranslation.graph(predicting, DataType.FLOAT, true);
    try {
      String configuration = graph.getConfiguration().toJson();
      if (configuration.contains(OURS)) {
        throw new IllegalArgumentException(
            "dl4j computes a part of it by a layer of Millrace's own, which Deeplearning4j alone"
                + " does not have; take another form");
      }
      Floats parameters = Floats.of(graph.params());
      float[] values = new float[parameters.length()];
      ParameterLayout.of(predicting, graph).place(weights, values);
      parameters.write(values);
      ZipOutputStream zip = new ZipOutputStream(out, UTF_8);
      begin(zip, ModelSerializer.CONFIGURATION_JSON);
      zip.write(configuration.getBytes(UTF_8));
      // Floats hardly get smaller, and trying takes longer than all else.
      zip.setLevel(Deflater.NO_COMPRESSION);
      begin(zip, ModelSerializer.COEFFICIENTS_BIN);
      DataOutputStream coefficients = new DataOutputStream(zip);
      Nd4j.write(graph.params(), coefficients);
      coefficients.flush();
      begin(zip, ModelSerializer.NORMALIZER_BIN);
      zip.write(normaliser(mean, std));
      zip.finish();
    } finally {
      graph.close();
    }
  }

  private static byte[] normaliser(List<Double> mean, List<Double> std) throws IOException {
    // The serialiser closes the stream that it is given.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (INDArray means = row(mean);
        INDArray deviations = row(std)) {
      NormalizerSerializer.getDefault().write(new NormalizerStandardize(means, deviations), bytes);
    }
    return bytes.toByteArray();
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // Without a time zone, and the first that the format has.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
  }

  private static INDArray row(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return Nd4j.createFromArray(new float[][] {floats});
  }
}
