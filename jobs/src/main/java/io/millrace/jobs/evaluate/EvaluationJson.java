package io.millrace.jobs.evaluate;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text of {@code evaluation.json}: the same figures give the same bytes. */
final class EvaluationJson {
  /** The file within the artifact. */
  static final String FILE = "evaluation.json";

  private EvaluationJson() {}

  /** SHA-256 of the figures alone, in hex, without model and data. */
  static String digest(Evaluation evaluation) {
    return digest(figures(evaluation));
  }

  private static String digest(EvaluationFile figures) {
    return Digests.of(Json.line(figures));
  }

  /** The file's text. */
  static String text(Evaluation evaluation, Origin origin) {
    EvaluationFile figures = figures(evaluation);
    byte[] json = Json.bytes(figures.from(digest(figures), origin));
    return new String(json, StandardCharsets.UTF_8) + "\n";
  }

  private static EvaluationFile figures(Evaluation evaluation) {
    List<String> names = evaluation.classNames();
    return new EvaluationFile(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        evaluation.images(),
        evaluation.unlabelled(),
        evaluation.right(),
        evaluation.accuracy(),
        new EvaluationFile.TopK(
            evaluation.topK(), evaluation.topKRight(), evaluation.topKAccuracy()),
        evaluation.loss(),
        evaluation.classes().stream().map(EvaluationFile.OneClass::of).toList(),
        new EvaluationFile.Counted("true", "predicted", names, evaluation.confusion()),
        new EvaluationFile.Binned(
            Calibration.expectedError(evaluation.calibration()), evaluation.calibration()),
        evaluation.mistakes().stream().map(verdict -> told(verdict, names)).toList(),
        evaluation.leastSure().stream().map(verdict -> told(verdict, names)).toList());
  }

  private static EvaluationFile.Told told(Verdict verdict, List<String> names) {
    return new EvaluationFile.Told(
        verdict.id(),
        verdict.label(),
        names.get(verdict.label()),
        verdict.predicted(),
        names.get(verdict.predicted()),
        verdict.truth(),
        verdict.top(),
        CrossEntropy.of(verdict.truth()));
  }

  /**
   * Reads an artifact's file.
   *
   * @throws IOException if there is no such file, or it holds something else
   */
  static EvaluationFile read(URI artifact) throws IOException {
    return read(
        JobFiles.in(artifact)
            .read(FILE)
            .orElseThrow(() -> new IOException("there is no " + FILE + " in it")));
  }

  /**
   * The figures in the bytes of a file.
   *
   * @throws IOException if that is something else, or of another format
   */
  static EvaluationFile read(byte[] json) throws IOException {
    EvaluationFile file = Json.read(json, EvaluationFile.class);
    file.check();
    return file;
  }

  /** The figures that a file holds, without the verdicts' positions. */
  static Evaluation evaluation(EvaluationFile file) {
    List<String> names = file.classes().stream().map(EvaluationFile.OneClass::name).toList();
    return new Evaluation(
        names,
        file.images(),
        file.unlabelled(),
        file.right(),
        file.topK().k(),
        file.topK().right(),
        file.loss(),
        file.classes().stream().map(EvaluationFile.OneClass::figures).toList(),
        file.confusion().counts(),
        List.copyOf(file.calibration().bins()),
        verdicts(file.mistakes(), names),
        verdicts(file.leastSure(), names));
  }

  /** The origin of the figures in a file. */
  static Origin origin(EvaluationFile file) {
    String split = file.picturesIn();
    if (split == null) {
      // Files of Millrace's first version don't have it.
      split = file.split().equals("validation") ? "train" : file.split();
    }
    return new Origin(
        file.model(),
        file.dataset(),
        file.split(),
        Split.valueOf(split.toUpperCase(Locale.ROOT)),
        Optional.ofNullable(file.tta()));
  }

  private static List<Verdict> verdicts(List<EvaluationFile.Told> all, List<String> names) {
    List<Verdict> verdicts = new ArrayList<>();
    for (EvaluationFile.Told told : all) {
      float truth = told.trueProbability();
      float top = told.predictedProbability();
      int label = told.trueLabel() == null ? names.indexOf(told.trueName()) : told.trueLabel();
      int predicted =
          told.predictedLabel() == null
              ? predicted(told.predicted(), names, label, truth < top)
              : told.predictedLabel();
      verdicts.add(new Verdict(-1, told.id(), label, predicted, truth, top));
    }
    return List.copyOf(verdicts);
  }

  /**
   * The label of a class name in files of evaluate's first version, which had no labels.
   *
   * @param wrong whether another class than the true one was predicted
   */
  private static int predicted(String name, List<String> names, int label, boolean wrong) {
    int first = names.indexOf(name);
    int last = names.lastIndexOf(name);
    return wrong && first == label ? last : first;
  }

  /**
   * The model and the pictures that figures are about.
   *
   * @param model digest of the model
   * @param dataset digest of the dataset
   * @param portion what was evaluated, as in configuration
   * @param split the split with these pictures
   * @param averaged the variants whose predictions are averaged; empty if there is only the picture
   *     itself
   */
  record Origin(
      String model, String dataset, String portion, Split split, Optional<Averaged> averaged) {}
}
