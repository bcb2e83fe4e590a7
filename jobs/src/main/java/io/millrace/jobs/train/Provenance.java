package io.millrace.jobs.train;

import io.millrace.jobs.files.Json;
import io.millrace.jobs.record.TrainingFacts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.spec.Canonical;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a model comes from; not part of its digest. */
final class Provenance {
  private Provenance() {}

  static Map<String, Object> of(
      JobRequest<TrainParameters> request,
      String spark,
      TrainingInputs inputs,
      TrainingFacts facts) {
    Dataset dataset = inputs.last().dataset();
    String millrace = Provenance.class.getPackage().getImplementationVersion();
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("shards", Map.of("digest", dataset.digest(), "root", dataset.root().toString()));
    provenance.put("stats", Map.of("digest", inputs.last().statistics().digest()));
    if (inputs.phases().size() > 1) {
      provenance.put("phases", phases(inputs));
    }
    provenance.put("split", request.parameters().split().text());
    provenance.put("validation", request.parameters().validation().fraction());
    provenance.put("seed", request.parameters().seed());
    provenance.put("threads-per-worker", request.parameters().threadsPerWorker());
    provenance.put("parameters", Canonical.of(request.parameters()));
    provenance.put(TrainingFacts.NAME, Json.fields(facts));
    provenance.put("millrace", millrace == null ? "unpackaged" : millrace);
    provenance.put("java", System.getProperty("java.runtime.version"));
    provenance.put("spark", spark);
    provenance.put("reproduce", request.reproduce());
    return provenance;
  }

  /** The data of each phase, by its number. */
  private static Map<String, Object> phases(TrainingInputs inputs) {
    Map<String, Object> phases = new LinkedHashMap<>();
    for (PhaseInputs phase : inputs.phases()) {
      phases.put(
          Integer.toString(phases.size() + 1),
          Map.of(
              "shards", phase.dataset().digest(),
              "root", phase.dataset().root().toString(),
              "stats", phase.statistics().digest()));
    }
    return phases;
  }
}
