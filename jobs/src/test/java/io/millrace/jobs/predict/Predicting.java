package io.millrace.jobs.predict;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A small trained model with its pictures, made once for all test classes, and predictions. */
abstract class Predicting {
  private static final int BATCH = 16;

  @RegisterExtension static final TrainedOnce TRAINED = new TrainedOnce();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  Predicted predict(Path pictures, String output) {
    return predict(TRAINED.small().model(), pictures, output, 5);
  }

  Predicted predict(Path model, Path pictures, String output, int topK) {
    Prediction prediction =
        new Prediction(Model.open(model.toUri()), Places.uri(pictures.toString()), topK, BATCH);
    return predict(prediction, output, "local[2]");
  }

  Predicted predict(Path pictures, String output, String master) {
    Prediction prediction =
        new Prediction(
            Model.open(TRAINED.small().model().toUri()), Places.uri(pictures.toString()), 5, BATCH);
    return predict(prediction, output, master);
  }

  Predicted predict(Prediction prediction, String output, String master) {
    Map<String, String> settings = Map.of("spark.master", master);
    try (Destination destination =
        Destination.open(Places.uri(folder.resolve(output).toString()), true, settings)) {
      return prediction.into(destination, settings, JobContext.silent());
    }
  }

  static void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
