package io.millrace.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.spec.FullForm;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a model's artifact, but for a training's record. */
public final class ModelFiles {
  private static final int FORMAT = 1;
  private static final String WEIGHTS = "weights.safetensors";

  /** The file that says what a model is. */
  public static final String MODEL = "model.json";

  /** Where {@code model.json} says where the model comes from. */
  public static final String PROVENANCE = "provenance";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ModelFiles() {}

  /**
   * Writes the weights.
   *
   * @return their digest: the SHA-256 of the file, which holds nothing but them
   */
  public static String writeWeights(JobFiles folder, State weights) throws IOException {
    MessageDigest digest = Digests.sha256();
    folder.write(
        WEIGHTS,
        out -> {
          OutputStream counted = new DigestOutputStream(out, digest);
          new SafeTensors(weights, Map.of()).writeTo(counted);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Writes {@code model.json}.
   *
   * @param engine what the engine says of itself
   * @param provenance where the model comes from
   */
  public static void writeModel(
      JobFiles folder, Model model, Map<String, String> engine, Map<String, ?> provenance)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("digest", model.digest());
    root.set(
        "architecture",
        JSON.valueToTree(FullForm.of(Architecture.class, (Record) model.architecture())));
    ArrayNode input = root.putArray("input");
    input.add(model.input().channels()).add(model.input().height()).add(model.input().width());
    root.set("class-names", JSON.valueToTree(model.classNames()));
    root.set("mean", JSON.valueToTree(model.mean()));
    root.set("std", JSON.valueToTree(model.std()));
    ObjectNode about = root.putObject("engine");
    about.put("name", model.engine());
    new TreeMap<>(engine).forEach(about::put);
    root.set(PROVENANCE, JSON.valueToTree(new TreeMap<>(provenance)));
    folder.write(MODEL, out -> out.write(JSON.writeValueAsBytes(root)));
  }

  static Model read(URI uri) {
    try {
      JobFiles folder = JobFiles.in(uri);
      JsonNode root = tree(folder);
      if (root.path("format").asInt() != FORMAT) {
        throw new IOException(
            MODEL + " is of format " + root.path("format") + ", and this Millrace reads " + FORMAT);
      }
      JsonNode input = root.path("input");
      return new Model(
          uri,
          root.path("digest").asText(),
          architecture(root.path("architecture")),
          root.path("engine").path("name").asText(),
          new InputShape(input.path(0).asInt(), input.path(1).asInt(), input.path(2).asInt()),
          texts(root.path("class-names")),
          numbers(root.path("mean")),
          numbers(root.path("std")),
          origin(root.path(PROVENANCE)));
    } catch (FileNotFoundException e) {
      throw new CannotException(what(uri), whatItIs(uri) + "; give the artifact of a train", e);
    } catch (IOException e) {
      throw new CannotException(what(uri), e.getMessage(), e);
    }
  }

  private static Architecture architecture(JsonNode node) throws IOException {
    try {
      return FullForm.read(Architecture.class, node.toString());
    } catch (ConfigurationException e) {
      throw new IOException("Cannot read its architecture: " + e.getMessage(), e);
    }
  }

  private static String what(URI uri) {
    return "open the model at " + JobFiles.shown(uri);
  }

  /** What stands there in place of a model. */
  private static String whatItIs(URI uri) {
    return Workspace.artifactAt(Places.text(uri))
        .map(StoredArtifact::manifest)
        .map(it -> "it is what " + it.identity().job() + " made (" + it.headline() + "), no model")
        .orElse("there is no " + MODEL);
  }

  private static Origin origin(JsonNode provenance) {
    return new Origin(
        provenance.path("shards").path("digest").asText(),
        provenance.path("split").asText(),
        provenance.path("validation").asDouble(),
        provenance.path("seed").asLong());
  }

  /** All that {@code model.json} holds. */
  public static JsonNode tree(JobFiles folder) throws IOException {
    try (InputStream in = folder.open(MODEL)) {
      return JSON.readTree(in);
    }
  }

  static State readWeights(Model model) {
    try (InputStream in = JobFiles.in(model.root()).open(WEIGHTS)) {
      DigestInputStream counted = new DigestInputStream(in, Digests.sha256());
      State weights = SafeTensors.readFrom(counted).state();
      String digest = HexFormat.of().formatHex(counted.getMessageDigest().digest());
      if (!digest.equals(model.digest())) {
        throw new IOException("its SHA-256 is " + digest + ", not " + model.digest());
      }
      return weights;
    } catch (IOException e) {
      throw new CannotException(
          "read " + WEIGHTS + " of the model at " + model.root(),
          e.getMessage() + "; train it again",
          e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return List.copyOf(numbers);
  }
}
