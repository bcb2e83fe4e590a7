package io.millrace.jobs.cli;

import io.millrace.jobs.export.ExportedModel;
import io.millrace.jobs.export.ExportedModel.Verified;
import io.millrace.jobs.export.ModelExport;
import io.millrace.jobs.export.ModelForm;
import io.millrace.jobs.export.SamplePictures;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.onnx.OnnxRuntime;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Exports a model.
 *
 * @param form empty only where that is a problem
 * @param verified whether the file is compared with the model
 * @param pictures what it is compared on; random ones if empty
 */
record ModelExporting(URI place, Optional<ModelForm> form, boolean verified, Optional<URI> pictures)
    implements ExportCommand.Exporting {
  private static final String AS = "--as";
  private static final String VERIFY = "--verify";

  /** The names of {@link #options}. */
  static final List<String> NAMES = List.of(AS, VERIFY);

  static List<OptionSpec> options() {
    return List.of(
        Options.valued(
            AS,
            "FORM",
            "Of a model (required): safetensors (tensors by PyTorch's names), onnx (from pictures"
                + " to probabilities) or dl4j-zip (for Deeplearning4j alone)."),
        Options.optional(
            VERIFY,
            "PATH",
            "Of a model: compare what onnxruntime computes from the ONNX file with what the model"
                + " computes, on pictures of this dataset or folder; without PATH on random"
                + " pixels."));
  }

  static ModelExporting of(ParseResult parsed, URI place, List<Problem> problems) {
    ExportCommand.refuse(
        parsed, DatasetExporting.NAMES, "is for datasets, and this is a model", problems);
    Optional<ModelForm> form = form(parsed.matchedOptionValue(AS, ""), problems);
    boolean verified = parsed.hasMatchedOption(VERIFY);
    if (verified && form.isPresent() && form.get() != ModelForm.ONNX) {
      problems.add(
          new Problem(
              VERIFY,
              "is for --as %s; Millrace has no program that reads %s"
                  .formatted(ModelForm.ONNX.text(), form.get().text())));
    } else if (verified && !OnnxRuntime.isPresent()) {
      problems.add(new Problem(VERIFY, "runs onnxruntime, and " + OnnxRuntime.HOW_TO_ADD));
    }
    return new ModelExporting(
        place, form, verified, pictures(parsed.matchedOptionValue(VERIFY, ""), problems));
  }

  private static Optional<ModelForm> form(String text, List<Problem> problems) {
    Optional<ModelForm> form = ModelForm.named(text);
    if (text.isEmpty()) {
      problems.add(
          new Problem(
              AS, "must be given for a model: one of " + String.join(", ", ModelForm.names())));
    } else if (form.isEmpty()) {
      problems.add(
          new Problem(
              AS,
              "there is no form '"
                  + text
                  + "'"
                  + Nearest.hintAndList(text, ModelForm.names(), "there are")));
    }
    return form;
  }

  private static Optional<URI> pictures(String path, List<Problem> problems) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(GivenPath.present(path));
    } catch (ConfigurationException e) {
      e.problems().forEach(it -> problems.add(new Problem(VERIFY, it.toString())));
      return Optional.empty();
    }
  }

  @Override
  public ExportCommand.Outcome into(Path folder, JobContext context) throws IOException {
    Model model = Model.open(place);
    Optional<SamplePictures> sample = Optional.empty();
    if (verified) {
      sample =
          Optional.of(
              pictures.isPresent()
                  ? SamplePictures.at(pictures.get(), model.input())
                  : SamplePictures.random(model.input()));
    }
    ExportedModel exported =
        new ModelExport(model, form.orElseThrow(), sample).into(folder, context);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("as", form.orElseThrow().text());
    fields.put("file", exported.file());
    fields.put("bytes", exported.bytes());
    exported.verified().ifPresent(it -> fields.put("verified", json(it)));
    return new ExportCommand.Outcome(
        "%s (%s) and %s"
            .formatted(exported.file(), Amounts.bytes(exported.bytes()), ModelExport.CONFIG),
        exported.verified().map(ModelExporting::text).orElse(""),
        fields);
  }

  private static String text(Verified verified) {
    return "verified: %s and %s give the same probabilities for %s; the greatest difference is %s%n"
        .formatted(
            verified.runtime(),
            verified.engine(),
            verified.described(),
            String.format(Locale.ROOT, "%.1e", verified.difference()));
  }

  private static Map<String, Object> json(Verified verified) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runtime", verified.runtime());
    json.put("engine", verified.engine());
    json.put("pictures", verified.pictures());
    json.put("described", verified.described());
    json.put("greatest-difference", verified.difference());
    return json;
  }
}
