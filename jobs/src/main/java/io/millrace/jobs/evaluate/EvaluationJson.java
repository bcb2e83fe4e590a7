package io.millrace.jobs.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.pipeline.store.Digests;
import java.util.List;
import java.util.OptionalDouble;

/** The text of {@code evaluation.json}: the same figures give the same bytes. */
final class EvaluationJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EvaluationJson() {}

  /** SHA-256 of the figures alone, hex: nothing of where they came from. */
  static String digest(Evaluation evaluation) {
    return Digests.of(figures(evaluation).toString());
  }

  /** The file's text. */
  static String text(Evaluation evaluation, Origin origin) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("digest", digest(evaluation));
    root.put("model", origin.model());
    root.put("dataset", origin.dataset());
    root.put("split", origin.split());
    root.setAll(figures(evaluation));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode figures(Evaluation evaluation) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("images", evaluation.images());
    root.put("unlabelled", evaluation.unlabelled());
    root.put("right", evaluation.right());
    root.put("accuracy", evaluation.accuracy());
    root.putObject("top-k")
        .put("k", evaluation.topK())
        .put("right", evaluation.topKRight())
        .put("accuracy", evaluation.topKAccuracy());
    root.put("loss", evaluation.loss());
    addClasses(root.putArray("classes"), evaluation);
    addConfusion(root.putObject("confusion"), evaluation);
    addCalibration(root.putObject("calibration"), evaluation.calibration());
    addVerdicts(root.putArray("mistakes"), evaluation.mistakes(), evaluation.classNames());
    addVerdicts(root.putArray("least-sure"), evaluation.leastSure(), evaluation.classNames());
    return root;
  }

  private static void addClasses(ArrayNode array, Evaluation evaluation) {
    for (Evaluation.ClassFigures figures : evaluation.classes()) {
      ObjectNode node = array.addObject();
      node.put("name", figures.name());
      node.put("images", figures.images());
      node.put("predicted", figures.predicted());
      node.put("right", figures.right());
      put(node, "precision", figures.precision());
      put(node, "recall", figures.recall());
      put(node, "f1", figures.f1());
    }
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }

  private static void addConfusion(ObjectNode node, Evaluation evaluation) {
    node.put("rows", "true");
    node.put("columns", "predicted");
    ArrayNode names = node.putArray("class-names");
    evaluation.classNames().forEach(names::add);
    ArrayNode counts = node.putArray("counts");
    for (long[] row : evaluation.confusion()) {
      ArrayNode cells = counts.addArray();
      for (long count : row) {
        cells.add(count);
      }
    }
  }

  private static void addCalibration(ObjectNode node, List<Calibration.Bin> bins) {
    node.put("expected-error", Calibration.expectedError(bins));
    ArrayNode array = node.putArray("bins");
    for (Calibration.Bin bin : bins) {
      array
          .addObject()
          .put("from", bin.from())
          .put("to", bin.to())
          .put("images", bin.images())
          .put("confidence", bin.confidence())
          .put("accuracy", bin.accuracy());
    }
  }

  private static void addVerdicts(ArrayNode array, List<Verdict> verdicts, List<String> names) {
    for (Verdict verdict : verdicts) {
      array
          .addObject()
          .put("id", verdict.id())
          .put("true", names.get(verdict.label()))
          .put("predicted", names.get(verdict.predicted()))
          .put("true-probability", verdict.truth())
          .put("predicted-probability", verdict.top())
          .put("loss", Tally.loss(verdict.truth()));
    }
  }

  /**
   * Where the figures came from.
   *
   * @param model digest of the model
   * @param dataset digest of the dataset
   * @param split as written in paths
   */
  record Origin(String model, String dataset, String split) {}
}
