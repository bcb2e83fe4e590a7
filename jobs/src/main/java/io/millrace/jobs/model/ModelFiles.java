package io.millrace.jobs.model;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.spec.FullForm;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.store.JsonText;
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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The files of a model's artifact, except a training's record. */
public final class ModelFiles {
  private static final String WEIGHTS = "weights.safetensors";

  /** The file that says what a model is. */
  public static final String MODEL = "model.json";

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
   * @param engine the engine's description of itself
   * @param provenance where the model comes from
   */
  public static void writeModel(
      JobFiles folder, Model model, Map<String, String> engine, Map<String, ?> provenance)
      throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    if (!model.engine().isEmpty()) {
      about.put(ModelFile.NAME, model.engine());
    }
    about.putAll(new TreeMap<>(engine));
    ModelFile file =
        new ModelFile(
            ModelFile.FORMAT,
            model.digest(),
            FullForm.of(Architecture.class, (Record) model.architecture()),
            List.of(model.input().channels(), model.input().height(), model.input().width()),
            model.classNames(),
            model.mean(),
            model.std(),
            about,
            new TreeMap<>(provenance),
            model.resize() == 0 ? null : model.resize(),
            model.features().isEmpty() ? null : model.features());
    folder.write(MODEL, out -> out.write(Json.bytes(file)));
  }

  /** The file of a model's weights. */
  public static URI weights(Model model) {
    try {
      return JobFiles.in(model.root()).path(WEIGHTS).toUri();
    } catch (IOException e) {
      throw new CannotException(what(model.root()), e.getMessage(), e);
    }
  }

  static Model read(URI uri) {
    try {
      JobFiles folder = JobFiles.in(uri);
      ModelFile file = file(folder);
      if (file.format() != ModelFile.FORMAT) {
        throw new IOException(
            MODEL
                + " is of format "
                + file.format()
                + ", and this Millrace reads "
                + ModelFile.FORMAT);
      }
      return new Model(
          uri,
          file.digest(),
          architecture(file.architecture()),
          file.engine().getOrDefault(ModelFile.NAME, ""),
          file.inputShape(),
          List.copyOf(file.classNames()),
          List.copyOf(file.mean()),
          List.copyOf(file.std()),
          file.origin(),
          Objects.requireNonNullElse(file.resize(), 0),
          Objects.requireNonNullElse(file.features(), ""));
    } catch (FileNotFoundException e) {
      throw new CannotException(
          what(uri),
          whatItIs(uri)
              + "; give the folder of a trained model, which the last line of a run (next: ...) names",
          e);
    } catch (IOException e) {
      throw new CannotException(what(uri), e.getMessage(), e);
    }
  }

  private static Architecture architecture(Map<String, Object> described) throws IOException {
    try {
      return FullForm.read(Architecture.class, JsonText.line(described));
    } catch (ConfigurationException e) {
      throw new IOException("Cannot read its architecture: " + e.getMessage(), e);
    }
  }

  private static String what(URI uri) {
    return "open the model at " + JobFiles.shown(uri);
  }

  /** What is there instead of a model. */
  private static String whatItIs(URI uri) {
    return Workspace.artifactAt(Places.text(uri))
        .map(StoredArtifact::manifest)
        .map(
            it ->
                "it is what " + it.identity().job() + " made (" + it.headline() + "), not a model")
        .orElse("there is no " + MODEL);
  }

  /** All that {@code model.json} holds. */
  public static ModelFile file(JobFiles folder) throws IOException {
    try (InputStream in = folder.open(MODEL)) {
      return Json.read(in, ModelFile.class);
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
}
