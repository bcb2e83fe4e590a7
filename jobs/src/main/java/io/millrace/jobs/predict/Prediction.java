package io.millrace.jobs.predict;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Labels for pictures that are not in a dataset. They are decoded as by ingest, to the model's
 * number of channels; those of another size are scaled to cover the model's input, or to the size
 * that the model asks for, and cut at the middle.
 *
 * @param model that predicts, with its own normalisation
 * @param pictures a folder, with all folders below it, or one file
 * @param topK classes that each line lists, at most
 * @param batch pictures a prediction takes at once
 */
public record Prediction(Model model, URI pictures, int topK, int batch) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int REASONS_SHOWN = 3;

  /**
   * Checks the numbers.
   *
   * @throws CannotException if the model has no classes
   */
  public Prediction {
    if (topK < 1 || batch < 1) {
      throw new IllegalArgumentException("topK and batch are at least 1");
    }
    model = model.withClasses("predict");
  }

  /**
   * Writes a line for each file: folder by folder in the order of names, the same bytes for any
   * number of tasks. A file that can't be read gets a line with its reason. The destination's own
   * files are left out.
   *
   * @param settings flat keys; those that begin with {@code spark.} are Spark's
   * @throws CannotException if there is no picture among the files, the model can't be used, or the
   *     output can't be written; then there is no output
   */
  public Predicted into(Destination destination, Map<String, String> settings, JobContext context) {
    FileList files = list(destination);
    if (files.size() == 0) {
      throw new CannotException(what(), "there is no file in it; give a folder of pictures");
    }
    List<PredictTask.Ended> ended = predict(files, destination, settings, context);
    Predicted predicted = write(ended, destination);
    if (predicted.predicted() == 0) {
      throw new CannotException(
          what(), "no file in it is a picture that can be read: " + reasons(predicted));
    }
    destination.publish();
    return predicted;
  }

  /** Why files could not be read, as words: the most frequent reasons with their first file. */
  public static String reasons(Predicted predicted) {
    List<Predicted.ReasonCount> all = predicted.unreadable();
    String some =
        all.stream()
            .limit(REASONS_SHOWN)
            .map(
                it ->
                    it.reason() + " (" + Amounts.count(it.files()) + ", first " + it.first() + ")")
            .collect(Collectors.joining(", "));
    int more = all.size() - REASONS_SHOWN;
    return more > 0 ? some + " and " + more + " more reasons" : some;
  }

  private String what() {
    return "predict " + JobFiles.shown(pictures);
  }

  private FileList list(Destination destination) {
    try {
      return FileList.of(pictures, destination.work(), batch, destination::owns);
    } catch (IOException e) {
      throw StorageFailure.cannot(what(), JobFiles.shown(pictures), e);
    }
  }

  private List<PredictTask.Ended> predict(
      FileList files, Destination destination, Map<String, String> settings, JobContext context) {
    int kept = Math.min(topK, model.classNames().size());
    JavaSparkContext spark = SharedSpark.context(settings, destination.scratch(), what(), context);
    try (JobContext.Progress progress = context.progress("predict", files.size(), "files")) {
      return SparkTasks.run(
          spark,
          "predict",
          files.pieces(spark.defaultParallelism()),
          new PredictTask(model, kept, batch, destination.work()),
          it -> progress.advance(it.files()));
    } catch (IllegalStateException e) {
      if (StorageFailure.isDiskFull(e)) {
        throw cannotWrite(destination, e);
      }
      throw e;
    }
  }

  private static CannotException cannotWrite(Destination destination, Exception failure) {
    String place = Places.text(destination.place());
    return StorageFailure.cannot("write to " + place, place, failure);
  }

  private Predicted write(List<PredictTask.Ended> ended, Destination destination) {
    Summary summary = new Summary(model);
    try {
      JobFiles work = JobFiles.in(destination.work());
      try (LineSink sink = sink(destination)) {
        for (PredictTask.Ended one : ended) {
          try (DataInputStream in =
              new DataInputStream(new BufferedInputStream(work.open(one.lines()), BUFFER_BYTES))) {
            for (int i = 0; i < one.files(); i++) {
              Line line = Line.readFrom(in);
              summary.add(line);
              sink.write(line);
            }
          }
        }
      }
    } catch (IOException e) {
      throw cannotWrite(destination, e);
    }
    return summary.of(destination.place());
  }

  private LineSink sink(Destination destination) throws IOException {
    Path draft = destination.draft();
    return destination.isCsv()
        ? new CsvLines(
            new BufferedOutputStream(JobFiles.create(draft, true), BUFFER_BYTES),
            model.classNames())
        : new ParquetLines(new Path(draft, Destination.PARQUET), model.classNames());
  }
}
