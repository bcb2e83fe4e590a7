package io.millrace.jobs.export;

import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.export.ExportedModel.Verified;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Stack;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.onnx.OnnxRuntime;
import io.millrace.jobs.onnx.OnnxSession;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what onnxruntime computes from a file with what the model computes.
 *
 * @param model that the file was made of
 * @param sample the pictures
 */
record RuntimeCheck(Model model, SamplePictures sample) {
  /** Probabilities that differ by more are not the same. */
  static final double SAME = 1e-4;

  private static final int BATCH = 8;
  private static final float HIGHEST_BYTE = 255;

  /**
   * Computes both.
   *
   * @throws CannotException if they differ by more than 1e-4, or are no probabilities
   */
  Verified with(Path file, JobContext context) {
    Model own = model.on(Optional.of(engine()));
    InputShape shape = model.input();
    int threads = Runtime.getRuntime().availableProcessors();
    List<Image> pictures = sample.pictures();
    FloatBuffer images =
        ByteBuffer.allocateDirect(BATCH * shape.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    double difference = 0;
    try (JobContext.Progress progress = context.progress("verify", pictures.size(), "pictures");
        OnnxSession session = OnnxRuntime.open(file, threads);
        Network network = own.network(threads);
        Stack stack = new Stack(shape, own.normaliser(), BATCH)) {
      for (int from = 0; from < pictures.size(); from += BATCH) {
        List<Image> some = pictures.subList(from, Math.min(from + BATCH, pictures.size()));
        stack.clear();
        images.clear();
        for (Image picture : some) {
          stack.add(Integer.toString(from + stack.size()), picture);
          for (byte pixel : picture.pixels()) {
            images.put((pixel & 0xFF) / HIGHEST_BYTE);
          }
        }
        float[] found =
            session.probabilities(
                images.flip(), some.size(), shape.channels(), shape.height(), shape.width());
        float[] expected = network.predict(stack.minibatch(), own.loss());
        difference = Math.max(difference, difference(found, expected));
        progress.advance(some.size());
      }
      Verified verified =
          new Verified(
              "onnxruntime " + session.version(),
              own.engine(),
              pictures.size(),
              sample.described(),
              difference);
      if (difference > SAME) {
        throw new CannotException(
            "export as onnx",
            "%s and %s give probabilities that differ by up to %s for %s; %s is allowed"
                .formatted(
                    verified.runtime(), verified.engine(), difference, verified.described(), SAME));
      }
      return verified;
    }
  }

  private double difference(float[] found, float[] expected) {
    if (found.length != expected.length) {
      throw new IllegalStateException(found.length + " values instead of " + expected.length);
    }
    double greatest = 0;
    for (int i = 0; i < found.length; i++) {
      if (!Float.isFinite(expected[i])) {
        throw Model.diverged(
            "verify the model", expected[i], Integer.toString(i / model.classNames().size()));
      }
      // A value that is not a number differs from any.
      double apart = Math.abs(found[i] - (double) expected[i]);
      greatest = Math.max(greatest, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
    }
    return greatest;
  }

  /** The model's own engine, or one that computes its network. */
  private String engine() {
    return Stream.concat(Stream.of(model.engine(), Engines.DEFAULT), others())
        .filter(this::computes)
        .findFirst()
        .orElse(model.engine());
  }

  private static Stream<String> others() {
    return Engines.all().stream().map(Engine::name).sorted();
  }

  private boolean computes(String engine) {
    return Engines.refusal(engine).isEmpty()
        && Engines.named(engine).unsupported(model.blueprint(), Set.of()).isEmpty();
  }
}
