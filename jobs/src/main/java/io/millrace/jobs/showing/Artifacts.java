package io.millrace.jobs.showing;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.StoredFile;
import io.millrace.pipeline.text.Amounts;
import io.millrace.pipeline.text.ValueText;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Artifacts as they are shown; what is in one its job says.
 *
 * @param jobs that there are
 */
public record Artifacts(JobCatalogue jobs) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /**
   * As a person reads it.
   *
   * @throws IOException if it is damaged
   */
  public String text(StoredArtifact artifact) throws IOException {
    ArtifactManifest manifest = artifact.manifest();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("artifact", Places.text(artifact.folder())));
    facts.add(new Fact("result", manifest.headline()));
    List<Fact> own = facts(artifact);
    facts.addAll(own.isEmpty() ? others(manifest) : own);
    String job = manifest.identity().job();
    String stage = manifest.stage().equals(job) ? "" : " (stage " + manifest.stage() + ")";
    facts.add(
        new Fact(
            "made by",
            "%s%s on %s in %s"
                .formatted(
                    job,
                    stage,
                    MINUTE.format(manifest.created()),
                    Amounts.seconds(manifest.seconds()))));
    facts.add(new Fact("files", files(manifest.files())));
    facts.add(new Fact("digest", manifest.digest()));
    facts.add(new Fact("again by", manifest.reproduce()));
    return TextTable.table(facts.stream().map(fact -> List.of(fact.name(), fact.value())).toList());
  }

  /**
   * What the manifest says, then all of the contents; a model's digest is its artifact's.
   *
   * @throws IOException if it is damaged
   */
  public Map<String, Object> json(StoredArtifact artifact) throws IOException {
    ArtifactManifest manifest = artifact.manifest();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("artifact", Places.text(artifact.folder()));
    json.put("stage", manifest.stage());
    json.put("job", manifest.identity().job());
    json.put("digest", manifest.digest());
    json.put("fingerprint", manifest.fingerprint());
    json.put("headline", manifest.headline());
    json.put("metrics", manifest.metrics());
    json.put("created", manifest.created());
    json.put("seconds", manifest.seconds());
    json.put("reproduce", manifest.reproduce());
    json.put("parameters", manifest.identity().parameters());
    contents(artifact).orElse(Map.of()).forEach(json::putIfAbsent);
    return json;
  }

  /** What its job says of it; nothing if that is not here, or not the whole result is there. */
  private List<Fact> facts(StoredArtifact artifact) throws IOException {
    Optional<Job<?>> job = job(artifact);
    Optional<Map<String, Object>> contents = contents(artifact);
    if (job.isEmpty() || (job.get().contentsFile().isPresent() && contents.isEmpty())) {
      return List.of();
    }
    return job.get()
        .facts(
            new FactsRequest(
                artifact.folder(), contents.orElse(Map.of()), artifact.manifest().metrics()));
  }

  private Optional<Job<?>> job(StoredArtifact artifact) {
    return jobs.named(artifact.manifest().identity().job());
  }

  /** What the file says that its job names, if it is there. */
  private Optional<Map<String, Object>> contents(StoredArtifact artifact) throws IOException {
    Optional<String> file = job(artifact).flatMap(Job::contentsFile);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = JobFiles.in(artifact.folder()).read(file.get());
    return bytes.isEmpty() ? Optional.empty() : Optional.of(JsonText.object(bytes.get()));
  }

  /** A result that is just files: what the job was told, and which they are. */
  private static List<Fact> others(ArtifactManifest manifest) {
    List<Fact> facts = new ArrayList<>();
    manifest
        .identity()
        .parameters()
        .forEach((key, value) -> facts.add(new Fact(key.replace('-', ' '), ValueText.of(value))));
    List<String> names =
        manifest.files().stream()
            .map(each -> ValueText.name(each.path()) + " (" + Amounts.bytes(each.bytes()) + ")")
            .toList();
    facts.add(new Fact("holds", ValueText.list(names)));
    return facts;
  }

  private static String files(List<StoredFile> files) {
    long bytes = files.stream().mapToLong(StoredFile::bytes).sum();
    return Amounts.count(files.size()) + ", " + Amounts.bytes(bytes);
  }
}
