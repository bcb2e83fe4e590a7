package io.millrace.jobs.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * {@code evaluation.json} as it stands in the file, key by key. The digest is that of the text from
 * {@code images} on; what is before it is null there.
 *
 * @param split what was evaluated, as in configuration
 * @param picturesIn the split of the dataset; null in files of the first version
 * @param tta null if each prediction is of the picture alone
 */
record EvaluationFile(
    Integer format,
    String digest,
    String model,
    String dataset,
    String split,
    String picturesIn,
    Averaged tta,
    long images,
    long unlabelled,
    long right,
    double accuracy,
    TopK topK,
    double loss,
    List<OneClass> classes,
    Counted confusion,
    Binned calibration,
    List<Told> mistakes,
    List<Told> leastSure) {
  static final int FORMAT = 1;

  /** Fills in lists that are missing. */
  EvaluationFile {
    classes = Objects.requireNonNullElse(classes, List.of());
    mistakes = Objects.requireNonNullElse(mistakes, List.of());
    leastSure = Objects.requireNonNullElse(leastSure, List.of());
  }

  /** The k likeliest classes. */
  record TopK(int k, long right, double accuracy) {}

  /** A {@link Evaluation.ClassFigures}; a share of nothing is null, and stands there. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record OneClass(
      String name,
      long images,
      long predicted,
      long right,
      Double precision,
      Double recall,
      Double f1) {
    static OneClass of(Evaluation.ClassFigures figures) {
      return new OneClass(
          figures.name(),
          figures.images(),
          figures.predicted(),
          figures.right(),
          share(figures.precision()),
          share(figures.recall()),
          share(figures.f1()));
    }

    private static Double share(OptionalDouble share) {
      return share.isPresent() ? share.getAsDouble() : null;
    }

    Evaluation.ClassFigures figures() {
      return new Evaluation.ClassFigures(name, images, predicted, right);
    }
  }

  /** The confusion matrix. */
  record Counted(String rows, String columns, List<String> classNames, long[][] counts) {}

  /** The calibration. */
  record Binned(double expectedError, List<Calibration.Bin> bins) {}

  /**
   * A {@link Verdict}.
   *
   * @param trueLabel null in files of the first version, which have names alone
   * @param predictedLabel likewise
   */
  @JsonPropertyOrder({
    "id",
    "true-label",
    "true",
    "predicted-label",
    "predicted",
    "true-probability",
    "predicted-probability",
    "loss"
  })
  record Told(
      String id,
      Integer trueLabel,
      @JsonProperty("true") String trueName,
      Integer predictedLabel,
      String predicted,
      float trueProbability,
      float predictedProbability,
      double loss) {}

  /**
   * @throws IOException if it is of another format, or figures are missing
   */
  void check() throws IOException {
    if (!Objects.equals(format, FORMAT)) {
      throw new IOException("it is of format " + format + ", not " + FORMAT);
    }
    if (topK == null || confusion == null || calibration == null || calibration.bins == null) {
      throw new IOException("it has no top-k, no confusion or no calibration");
    }
  }

  /** The same with what stands before the figures. */
  EvaluationFile from(String itsDigest, EvaluationJson.Origin origin) {
    return new EvaluationFile(
        FORMAT,
        itsDigest,
        origin.model(),
        origin.dataset(),
        origin.portion(),
        origin.split().text(),
        origin.averaged().orElse(null),
        images,
        unlabelled,
        right,
        accuracy,
        topK,
        loss,
        classes,
        confusion,
        calibration,
        mistakes,
        leastSure);
  }
}
