package io.millrace.pipeline.plan;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.spec.Earlier;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.Input;
import io.millrace.pipeline.store.Listing;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import io.millrace.pipeline.text.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Decides whether a stage runs, and why. */
final class Decider {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** Why a stage runs although its parameters mean the same: they were written in another form. */
  private static final String OTHER_FORM =
      "made by an earlier version of Millrace, which wrote parameters with all defaults";

  /** The digest of an input that must still be made. */
  private static final String UNKNOWN = "";

  private final Workspace workspace;
  private final Instant now;

  /**
   * Each source is listed once, before anything runs; the next run sees a file that changes during
   * this one.
   */
  private final Map<List<Object>, Listing> listings = new ConcurrentHashMap<>();

  Decider(Workspace workspace, Instant now) {
    this.workspace = workspace;
    this.now = now;
  }

  Decision decide(StageSpec stage, Map<String, String> digests, Optional<String> forced) {
    Identity identity = identity(stage, digests);
    Set<String> unknown = new TreeSet<>();
    identity
        .inputs()
        .forEach(
            (key, input) -> {
              if (input.digest().equals(UNKNOWN)) {
                unknown.add(key);
              }
            });
    Verdict verdict = verdict(stage, identity, unknown, forced);
    boolean skip = verdict.outcome() == PlannedOutcome.SKIP;
    Optional<StoredArtifact> artifact =
        skip ? Optional.of(verdict.usable().get(0)) : Optional.empty();
    PlannedStage planned =
        new PlannedStage(
            stage,
            verdict.outcome(),
            text(verdict.outcome(), identity, unknown),
            verdict.reason(),
            artifact.map(StoredArtifact::folder),
            skip ? OptionalLong.empty() : space(stage.job(), stage.parameters()));
    return new Decision(
        planned,
        unknown.isEmpty() ? Optional.of(identity) : Optional.empty(),
        artifact,
        verdict.usable(),
        forced.isPresent());
  }

  private record Verdict(PlannedOutcome outcome, String reason, List<StoredArtifact> usable) {
    static Verdict run(String reason) {
      return new Verdict(PlannedOutcome.RUN, reason, List.of());
    }
  }

  private Verdict verdict(
      StageSpec stage, Identity identity, Set<String> unknown, Optional<String> forced) {
    if (forced.isPresent()) {
      return Verdict.run(forced.get());
    }
    if (stage.cache().never()) {
      return Verdict.run("cache = never");
    }
    return unknown.isEmpty()
        ? withAllInputs(stage, identity)
        : beforeItsInputs(stage, identity, unknown);
  }

  private Verdict withAllInputs(StageSpec stage, Identity identity) {
    Optional<StoredArtifact> found = workspace.artifact(stage.name(), identity.fingerprint());
    if (found.isEmpty()) {
      List<StoredArtifact> earlier = workspace.artifacts(stage.name());
      return Verdict.run(whatChanged(stage, earlier, identity, Set.of()));
    }
    Optional<String> flaw = flaw(stage, found.get());
    if (flaw.isPresent()) {
      return Verdict.run(flaw.get());
    }
    String since = MINUTE.format(found.get().manifest().created());
    return new Verdict(PlannedOutcome.SKIP, "unchanged since " + since, found.stream().toList());
  }

  /**
   * Decides for a stage whose inputs must still be made: it is skipped if an artifact fits the new
   * inputs; it surely runs if no artifact fits in everything else.
   */
  private Verdict beforeItsInputs(StageSpec stage, Identity identity, Set<String> unknown) {
    List<StoredArtifact> earlier = workspace.artifacts(stage.name());
    List<StoredArtifact> usable = new ArrayList<>();
    Optional<String> firstFlaw = Optional.empty();
    for (StoredArtifact artifact : earlier) {
      if (fitsBut(artifact, identity, unknown)) {
        Optional<String> flaw = flaw(stage, artifact);
        if (flaw.isEmpty()) {
          usable.add(artifact);
        }
        firstFlaw = firstFlaw.or(() -> flaw);
      }
    }
    if (!usable.isEmpty()) {
      String made =
          unknown.stream()
              .map(k -> stageOf(identity, k))
              .distinct()
              .collect(Collectors.joining(" and "));
      return new Verdict(PlannedOutcome.RUN_UNLESS_UNCHANGED, "it reads " + made, usable);
    }
    return Verdict.run(firstFlaw.orElseGet(() -> whatChanged(stage, earlier, identity, unknown)));
  }

  private static boolean fitsBut(StoredArtifact artifact, Identity identity, Set<String> unknown) {
    SortedMap<String, Input> inputs = new TreeMap<>(identity.inputs());
    for (String key : unknown) {
      Input then = artifact.manifest().identity().inputs().get(key);
      if (then == null) {
        return false;
      }
      inputs.put(key, new Input(inputs.get(key).reference(), then.digest()));
    }
    Identity supposed =
        new Identity(
            identity.job(), identity.version(), identity.parameters(), inputs, identity.sources());
    return supposed.fingerprint().equals(artifact.manifest().fingerprint());
  }

  /** Why an artifact that fits can't be used. */
  private Optional<String> flaw(StageSpec stage, StoredArtifact artifact) {
    Optional<Duration> maxAge = stage.cache().maxAge();
    if (maxAge.isPresent() && !artifact.manifest().created().plus(maxAge.get()).isAfter(now)) {
      return Optional.of("older than " + Amounts.duration(maxAge.get()));
    }
    return workspace.damage(artifact).map(damage -> "its artifact is damaged: " + damage);
  }

  private static String whatChanged(
      StageSpec stage, List<StoredArtifact> earlier, Identity identity, Set<String> unknown) {
    if (earlier.isEmpty()) {
      return "never ran";
    }
    Identity newest = earlier.get(0).manifest().identity();
    Identity reread = reread(stage, newest);
    String changes = Changes.between(reread, identity, unknown, stage.job().parameters());
    if (!changes.isEmpty()) {
      return changes;
    }
    return reread.equals(newest) ? "what it reads is made again" : OTHER_FORM;
  }

  /**
   * The identity with parameters in today's form, so that a written default does not look like a
   * change.
   */
  private static Identity reread(StageSpec stage, Identity stored) {
    if (!stored.job().equals(stage.job().name())) {
      return stored;
    }
    return new Identity(
        stored.job(),
        stored.version(),
        new TreeMap<>(Earlier.parameters(stage.job().parameters(), stored.parameters())),
        stored.inputs(),
        stored.sources());
  }

  private Identity identity(StageSpec stage, Map<String, String> digests) {
    SortedMap<String, Input> inputs = new TreeMap<>();
    SortedMap<String, Listing> sources = new TreeMap<>();
    stage
        .locations()
        .forEach(
            (key, location) -> {
              if (location.isReference()) {
                String digest = digests.getOrDefault(location.stage(), UNKNOWN);
                inputs.put(key, new Input(location.text(), digest));
              } else {
                sources.put(key, listing(stage, location));
              }
            });
    return new Identity(
        stage.job().name(),
        stage.job().version(),
        new TreeMap<>(Canonical.of(stage.parameters())),
        inputs,
        sources);
  }

  private Listing listing(StageSpec stage, Location location) {
    return listings.computeIfAbsent(
        List.of(location.text(), stage.verifyContent(), stage.settings()),
        key -> workspace.look(location.text(), stage.verifyContent(), stage.settings()));
  }

  private static String stageOf(Identity identity, String key) {
    return identity.inputs().get(key).stage();
  }

  private static String text(PlannedOutcome outcome, Identity identity, Set<String> unknown) {
    return switch (outcome) {
      case RUN -> "run";
      case SKIP -> "skip";
      case RUN_UNLESS_UNCHANGED -> {
        List<String> made =
            unknown.stream().map(key -> stageOf(identity, key)).distinct().sorted().toList();
        yield "run unless "
            + String.join(" and ", made)
            + (made.size() == 1 ? " comes" : " come")
            + " out unchanged";
      }
    };
  }

  private static <P extends Record> OptionalLong space(Job<P> job, Record parameters) {
    return job.spaceNeeded(job.parameters().cast(parameters));
  }
}
