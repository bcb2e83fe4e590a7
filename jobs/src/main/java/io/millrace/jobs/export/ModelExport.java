package io.millrace.jobs.export;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.onnx.OnnxModel;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.FullForm;
import io.millrace.pipeline.store.ContentWriter;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.text.Amounts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Exports a trained model for other programs: one file with the network, and {@value #CONFIG} that
 * says what it takes and gives.
 *
 * @param model to export
 * @param form of its file
 * @param sample the pictures on which an ONNX file is compared with the model; no comparison if
 *     empty
 */
public record ModelExport(Model model, ModelForm form, Optional<SamplePictures> sample) {
  /** What the model takes and gives, as JSON. */
  public static final String CONFIG = "config.json";

  private static final int BUFFER_BYTES = 1 << 16;
  private static final String DEEPLEARNING4J = "dl4j";

  /**
   * Writes the files.
   *
   * @param folder must not exist or must be empty
   * @throws CannotException if the folder is not empty, the form has no place for a part of the
   *     network, the model is damaged, or the comparison finds other probabilities; then there is
   *     no folder
   */
  public ExportedModel into(Path folder, JobContext context) throws IOException {
    WholeFolder whole = new WholeFolder(folder);
    Blueprint blueprint = model.blueprint();
    List<String> unsupported = unsupported(blueprint);
    if (!unsupported.isEmpty()) {
      throw new CannotException(what(), String.join("; ", unsupported));
    }
    State weights = model.weights();
    ContentWriter contents = contents(blueprint, weights);
    return whole.filledBy(
        part -> {
          Path file = part.resolve(form.file());
          write(file, contents, context);
          Files.writeString(part.resolve(CONFIG), JsonText.pretty(about()));
          Optional<ExportedModel.Verified> verified = Optional.empty();
          if (sample.isPresent()) {
            verified = Optional.of(new RuntimeCheck(model, sample.get()).with(file, context));
          }
          return new ExportedModel(form.file(), Files.size(file), verified);
        });
  }

  private String what() {
    return "export " + JobFiles.shown(model.root()) + " as " + form.text();
  }

  private List<String> unsupported(Blueprint blueprint) {
    return switch (form) {
      case SAFETENSORS -> List.of();
      case ONNX -> OnnxModel.unsupported(blueprint);
      case DL4J_ZIP -> deeplearning4j().unsupported(blueprint, Set.of());
    };
  }

  private static Engine deeplearning4j() {
    return Engines.named(DEEPLEARNING4J);
  }

  private ContentWriter contents(Blueprint blueprint, State weights) {
    return switch (form) {
      case SAFETENSORS -> new SafeTensors(weights, texts())::writeTo;
      case ONNX -> onnx(blueprint, weights)::writeTo;
      case DL4J_ZIP ->
          out ->
              deeplearning4j()
                  .ownForm()
                  .orElseThrow()
                  .write(blueprint, weights, model.mean(), deviations(), out);
    };
  }

  private OnnxModel onnx(Blueprint blueprint, State weights) {
    OnnxModel onnx = OnnxModel.of(blueprint, weights, model.mean(), deviations(), texts());
    if (onnx.bytes() > OnnxModel.MOST_BYTES) {
      throw new CannotException(
          what(),
          "it would be %s, and an ONNX file holds at most %s; take --as %s"
              .formatted(
                  Amounts.bytes(onnx.bytes()),
                  Amounts.bytes(OnnxModel.MOST_BYTES),
                  ModelForm.SAFETENSORS.text()));
    }
    return onnx;
  }

  private void write(Path file, ContentWriter contents, JobContext context) throws IOException {
    try (JobContext.Progress progress = context.progress("export", -1, "bytes");
        OutputStream out =
            new BufferedOutputStream(
                new MeteredStream(Files.newOutputStream(file), progress), BUFFER_BYTES)) {
      contents.writeTo(out);
    } catch (IllegalArgumentException e) {
      throw new CannotException(what(), e.getMessage(), e);
    }
  }

  /** A channel of one value is only centred. */
  private List<Double> deviations() {
    return model.std().stream().map(it -> it == 0 ? 1 : it).toList();
  }

  private Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("architecture", FullForm.of(Architecture.class, (Record) model.architecture()));
    about.put("digest", model.digest());
    about.put(
        "input", List.of(model.input().channels(), model.input().height(), model.input().width()));
    about.put("mean", model.mean());
    about.put("std", deviations());
    about.put("classes", model.classNames());
    return about;
  }

  /** The same as texts, each of them JSON except for the digest. */
  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    about()
        .forEach(
            (key, value) ->
                texts.put(key, value instanceof String text ? text : JsonText.line(value)));
    return texts;
  }
}
