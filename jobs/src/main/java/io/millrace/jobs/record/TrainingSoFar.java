package io.millrace.jobs.record;

import io.millrace.jobs.augment.TransformRows;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.model.ModelFile;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.pipeline.job.CardRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a training, while it runs or later.
 *
 * @param facts empty for a training of an older version, or before the training begins
 * @param record of the rounds so far
 * @param first the first pictures that the network saw
 * @param transforms what each of them does to a few pictures
 * @param model {@code model.json}; empty as long as there is none
 */
public record TrainingSoFar(
    Optional<TrainingFacts> facts,
    TrainingRecord record,
    FirstMinibatch first,
    TransformRows transforms,
    Optional<ModelFile> model) {
  /**
   * From the artifact, or from the events of a running run.
   *
   * @throws IOException if the artifact can't be read
   */
  public static TrainingSoFar of(CardRequest request) throws IOException {
    return request.artifact().isPresent()
        ? left(JobFiles.in(request.artifact().get()))
        : told(request.events());
  }

  boolean isDone() {
    return model.isPresent();
  }

  private static TrainingSoFar left(JobFiles artifact) throws IOException {
    ModelFile model = ModelFiles.file(artifact);
    Object facts = model.provenance().get(TrainingFacts.NAME);
    FirstMinibatch first =
        exhibit(artifact, FirstMinibatch.NAME, FirstMinibatch.class).orElse(FirstMinibatch.NONE);
    TransformRows transforms =
        exhibit(artifact, TransformRows.NAME, TransformRows.class).orElse(TransformRows.NONE);
    return new TrainingSoFar(
        Optional.ofNullable(facts).map(fields -> Json.of(fields, TrainingFacts.class)),
        read(artifact, TrainingRecord.FILE, TrainingRecord.class),
        first,
        transforms,
        Optional.of(model));
  }

  private static TrainingSoFar told(Iterable<Map<String, Object>> events) {
    Optional<TrainingFacts> facts = Optional.empty();
    TrainingRecord record = TrainingRecord.empty();
    FirstMinibatch first = FirstMinibatch.NONE;
    TransformRows transforms = TransformRows.NONE;
    for (Map<String, Object> event : events) {
      switch (String.valueOf(event.get("event"))) {
        case TrainingFacts.NAME -> {
          // Each attempt begins with these facts, then sends the earlier rounds if it resumes from
          // them.
          facts = Optional.of(Json.of(event, TrainingFacts.class));
          record = TrainingRecord.empty();
        }
        case Recorder.RESUMED -> record = Json.of(event, TrainingRecord.class);
        case Recorder.ROUND -> record.rounds().add(Json.of(event, TrainingRecord.Round.class));
        case Recorder.EPOCH -> record.epochs().add(Json.of(event, TrainingRecord.Epoch.class));
        case Recorder.CHECKPOINT ->
            Recorder.note(record, ((Number) event.get(Recorder.SECONDS)).doubleValue());
        case FirstMinibatch.NAME -> first = Json.of(event, FirstMinibatch.class);
        case TransformRows.NAME -> transforms = Json.of(event, TransformRows.class);
        default -> {
          // An event of the runner, or of a newer version.
        }
      }
    }
    return new TrainingSoFar(facts, record, first, transforms, Optional.empty());
  }

  private static <R extends Record> Optional<R> exhibit(
      JobFiles artifact, String name, Class<R> type) throws IOException {
    String file = Exhibit.file(name);
    return artifact.names().contains(file)
        ? Optional.of(read(artifact, file, type))
        : Optional.empty();
  }

  private static <R extends Record> R read(JobFiles artifact, String file, Class<R> type)
      throws IOException {
    try (InputStream in = artifact.open(file)) {
      return Json.read(in, type);
    }
  }
}
