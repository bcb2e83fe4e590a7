package io.millrace.jobs.importing;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFacts;
import io.millrace.jobs.weights.FittedWeights;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.text.Amounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What an import made, and of what. */
record Imported(Model model, FittedWeights fitted) {
  private static final double MILLION = 1e6;

  /** Where the model comes from: the file, what was taken of it under which name, what was not. */
  Map<String, Object> provenance(JobRequest<ImportParameters> request) {
    Map<String, Object> file = fitted.provenance();
    String millrace = Imported.class.getPackage().getImplementationVersion();
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put(ModelFacts.IMPORTED, file);
    provenance.put("parameters", Canonical.of(request.parameters()));
    provenance.put("millrace", millrace == null ? "unpackaged" : millrace);
    provenance.put("java", System.getProperty("java.runtime.version"));
    provenance.put("reproduce", request.reproduce());
    return provenance;
  }

  /** Its digest is that of all that predictions depend on, since all of it was given. */
  JobResult result() {
    Map<String, Object> content = new TreeMap<>();
    content.put("weights", model.digest());
    content.put("architecture", Canonical.of((Record) model.architecture()));
    content.put("network", model.architecture().getClass().getSimpleName());
    content.put("input", model.input().toString());
    content.put("classes", model.classNames());
    content.put("mean", model.mean());
    content.put("std", model.std());
    content.put("resize", model.resize());
    content.put("features", model.features());
    int weights = fitted.network().weightCount();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("weights", weights);
    metrics.put("tensors", fitted.network().tensors().size());
    metrics.put("classes", model.classNames().size());
    String headline =
        "%s million weights, %s"
            .formatted(
                Amounts.decimal(weights / MILLION, 1),
                model.features().isEmpty()
                    ? Amounts.count(model.classNames().size()) + " classes"
                    : "features of " + model.features());
    return new JobResult(Digests.of(JsonText.line(content)), metrics, headline);
  }
}
