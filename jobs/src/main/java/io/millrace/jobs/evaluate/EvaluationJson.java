package io.millrace.jobs.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The text of {@code evaluation.json}: the same figures give the same bytes. */
final class EvaluationJson {
  /** The file within the artifact. */
  static final String FILE = "evaluation.json";

  private static final String TTA = "tta";
  private static final String LABEL = "true-label";
  private static final String PREDICTED_LABEL = "predicted-label";
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EvaluationJson() {}

  /** SHA-256 of the figures alone, in hex, without model and data. */
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
    root.put("split", origin.portion());
    root.put("pictures-in", origin.split().text());
    origin.averaged().ifPresent(averaged -> root.set(TTA, MAPPER.valueToTree(averaged)));
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
          .put(LABEL, verdict.label())
          .put("true", names.get(verdict.label()))
          .put(PREDICTED_LABEL, verdict.predicted())
          .put("predicted", names.get(verdict.predicted()))
          .put("true-probability", verdict.truth())
          .put("predicted-probability", verdict.top())
          .put("loss", CrossEntropy.of(verdict.truth()));
    }
  }

  /**
   * Reads an artifact's file.
   *
   * @throws IOException if there is no such file
   */
  static JsonNode read(URI artifact) throws IOException {
    return MAPPER.readTree(
        JobFiles.in(artifact)
            .read(FILE)
            .orElseThrow(() -> new IOException("there is no " + FILE + " in it")));
  }

  /**
   * The figures in a file, without the verdicts' positions.
   *
   * @throws IOException if it is of another format
   */
  static Evaluation evaluation(JsonNode root) throws IOException {
    if (root.path("format").asInt() != FORMAT) {
      throw new IOException("it is of format " + root.path("format") + ", not " + FORMAT);
    }
    List<String> names = new ArrayList<>();
    List<Evaluation.ClassFigures> classes = new ArrayList<>();
    for (JsonNode node : root.path("classes")) {
      names.add(node.path("name").asText());
      classes.add(
          new Evaluation.ClassFigures(
              node.path("name").asText(),
              node.path("images").asLong(),
              node.path("predicted").asLong(),
              node.path("right").asLong()));
    }
    List<Calibration.Bin> bins = new ArrayList<>();
    for (JsonNode node : root.path("calibration").path("bins")) {
      bins.add(
          new Calibration.Bin(
              node.path("from").asDouble(),
              node.path("to").asDouble(),
              node.path("images").asLong(),
              node.path("confidence").asDouble(),
              node.path("accuracy").asDouble()));
    }
    JsonNode topK = root.path("top-k");
    return new Evaluation(
        List.copyOf(names),
        root.path("images").asLong(),
        root.path("unlabelled").asLong(),
        root.path("right").asLong(),
        topK.path("k").asInt(),
        topK.path("right").asLong(),
        root.path("loss").asDouble(),
        List.copyOf(classes),
        MAPPER.treeToValue(root.path("confusion").path("counts"), long[][].class),
        List.copyOf(bins),
        verdicts(root.path("mistakes"), names),
        verdicts(root.path("least-sure"), names));
  }

  /**
   * The origin of the figures in a file.
   *
   * @throws IOException if it describes a test-time set in an unknown form
   */
  static Origin origin(JsonNode root) throws IOException {
    String portion = root.path("split").asText();
    // Files of Millrace's first version don't have it.
    String split =
        root.path("pictures-in").asText(portion.equals("validation") ? "train" : portion);
    return new Origin(
        root.path("model").asText(),
        root.path("dataset").asText(),
        portion,
        Split.valueOf(split.toUpperCase(Locale.ROOT)),
        averaged(root.path(TTA)));
  }

  private static Optional<Averaged> averaged(JsonNode node) throws IOException {
    return node.isObject()
        ? Optional.of(MAPPER.treeToValue(node, Averaged.class))
        : Optional.empty();
  }

  private static List<Verdict> verdicts(JsonNode array, List<String> names) {
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode node : array) {
      float truth = (float) node.path("true-probability").asDouble();
      float top = (float) node.path("predicted-probability").asDouble();
      int label = node.path(LABEL).asInt(names.indexOf(node.path("true").asText()));
      int predicted =
          node.path(PREDICTED_LABEL)
              .asInt(predicted(node.path("predicted").asText(), names, label, truth < top));
      verdicts.add(new Verdict(-1, node.path("id").asText(), label, predicted, truth, top));
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
