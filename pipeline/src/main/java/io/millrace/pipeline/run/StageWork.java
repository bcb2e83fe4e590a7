package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.plan.Decision;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Runs the job of one stage, attempt by attempt, and publishes its result. */
final class StageWork implements AutoCloseable {
  /** Turns an attempt's folder into the artifact. */
  interface Publisher {
    StoredArtifact publish(URI attempt, ArtifactManifest manifest);
  }

  /**
   * @param artifact what was published; empty when the stage failed
   * @param failure what was thrown; empty when the stage ran
   */
  record Done(StageResult result, Optional<StoredArtifact> artifact, Optional<Throwable> failure) {}

  private final Workspace workspace;
  private final FolderLock lock;
  private final URI runFolder;
  private final Events events;
  private final RunListener listener;
  private final Clock clock;
  private final Map<String, String> settings;
  private final Workplace workplace;
  private final Publisher publisher;
  private final URI scratch;

  StageWork(
      Workspace workspace,
      FolderLock lock,
      URI runFolder,
      Events events,
      RunListener listener,
      Clock clock,
      Map<String, String> settings,
      Workplace workplace,
      Publisher publisher) {
    this.workspace = workspace;
    this.lock = lock;
    this.runFolder = runFolder;
    this.events = events;
    this.listener = listener;
    this.clock = clock;
    this.settings = settings;
    this.workplace = workplace;
    this.publisher = publisher;
    this.scratch = workspace.newScratch("run");
  }

  /**
   * @param decision with the identity known
   * @param inputs the folder of every upstream artifact, by stage
   * @return ran or failed; exceptions of the job are in it, not thrown
   */
  Done run(Decision decision, Map<String, URI> inputs, String reproduce) {
    StageSpec stage = decision.planned().stage();
    StageContext context = new StageContext(stage.name(), events, listener);
    String reason = decision.planned().reason();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("reason", reason);
    decision.identity().ifPresent(identity -> about.put("fingerprint", identity.fingerprint()));
    events.write("stage-started", stage.name(), about);
    listener.stageStarted(decision.planned());
    long start = System.nanoTime();
    try {
      StoredArtifact artifact = publishedResult(decision, inputs, reproduce, context);
      return new Done(
          ran(stage, reason, secondsSince(start), artifact),
          Optional.of(artifact),
          Optional.empty());
    } catch (Throwable e) {
      // An error of one stage's native code or memory must not end the other branches. A failure
      // while the thread is interrupted is taken for an interruption; the flag is cleared, since
      // files can't be written while it is set.
      boolean unsaid = Thread.interrupted() && !Failure.isInterruption(e);
      return failed(decision, secondsSince(start), unsaid ? cancelled(e) : e);
    }
  }

  private static CancellationException cancelled(Throwable cause) {
    CancellationException cancelled = new CancellationException();
    cancelled.initCause(cause);
    return cancelled;
  }

  static StageResult ran(StageSpec stage, String reason, double seconds, StoredArtifact artifact) {
    return new StageResult(
        stage.name(),
        stage.job().name(),
        StageOutcome.RAN,
        reason,
        seconds,
        Optional.of(artifact.folder()),
        artifact.manifest().metrics(),
        artifact.manifest().headline());
  }

  private Done failed(Decision decision, double seconds, Throwable failure) {
    StageSpec stage = decision.planned().stage();
    events.write("stage-trace", stage.name(), Map.of("trace", Failure.trace(failure)));
    listener.stageThrew(stage.name(), failure);
    String sentence =
        Failure.sentence(
            stage, workspace.toString(), decision.planned().space(), runFolder, failure);
    return new Done(
        new StageResult(
            stage.name(),
            stage.job().name(),
            StageOutcome.FAILED,
            sentence,
            seconds,
            Optional.empty(),
            Map.of(),
            ""),
        Optional.empty(),
        Optional.of(failure));
  }

  private StoredArtifact publishedResult(
      Decision decision, Map<String, URI> inputs, String reproduce, StageContext context)
      throws Exception {
    StageSpec stage = decision.planned().stage();
    Identity identity = decision.identity().orElseThrow();
    if (decision.forced()) {
      workspace.removeUnfinished(stage.name(), identity.fingerprint(), lock);
    }
    try {
      return published(stage, inputs, identity, reproduce, context);
    } catch (SourceWatch.Changed changed) {
      context.notice(changed.why() + "; it is read again from the beginning.");
      return published(stage, inputs, changed.now(), reproduce, context);
    }
  }

  private StoredArtifact published(
      StageSpec stage,
      Map<String, URI> inputs,
      Identity identity,
      String reproduce,
      StageContext context)
      throws Exception {
    URI unfinished = workspace.unfinished(stage.name(), identity.fingerprint(), lock);
    sayIfOtherWorkIsLeft(stage, identity, context);
    StoredArtifact artifact =
        Retries.call(
            stage, context, () -> attempt(stage, inputs, identity, unfinished, reproduce, context));
    workspace.removeUnfinished(stage.name(), identity.fingerprint(), lock);
    return artifact;
  }

  private void sayIfOtherWorkIsLeft(StageSpec stage, Identity identity, StageContext context) {
    boolean own = workspace.hasUnfinished(stage.name(), identity.fingerprint());
    if (!own && workspace.hasOtherUnfinished(stage.name(), identity.fingerprint())) {
      context.notice(
          "A run that did not finish left work of this stage, but with other parameters or inputs,"
              + " or by an earlier version of Millrace: the stage starts from the beginning.");
    }
  }

  private StoredArtifact attempt(
      StageSpec stage,
      Map<String, URI> inputs,
      Identity identity,
      URI unfinished,
      String reproduce,
      StageContext context)
      throws Exception {
    URI staging = workspace.newAttempt(stage.name(), lock);
    boolean worked = false;
    try {
      long start = System.nanoTime();
      Map<String, String> merged = new HashMap<>(stage.settings());
      merged.putAll(settings);
      JobCall call =
          new JobCall(
              stage.name(),
              stage.job(),
              stage.keys(),
              inputs,
              staging,
              unfinished,
              scratch,
              runFolder,
              Collections.unmodifiableMap(merged),
              reproduce);
      JobResult result = workplace.perform(call, context);
      worked = true;
      lock.ensureHeld();
      new SourceWatch(workspace, stage).requireUnchanged(identity);
      ArtifactManifest manifest =
          new ArtifactManifest(
              stage.name(),
              identity,
              identity.fingerprint(),
              result.digest(),
              Collections.unmodifiableMap(new LinkedHashMap<>(result.metrics())),
              result.headline(),
              clock.instant(),
              secondsSince(start),
              reproduce,
              List.of());
      return publisher.publish(staging, manifest);
    } catch (Exception e) {
      if (!worked) {
        sayIfLockWasLost(e);
      }
      throw e;
    } finally {
      removeQuietly(staging, stage.name());
    }
  }

  /**
   * If the lock was lost, its new holder may have removed files; then the lost lock is reported,
   * not a missing file.
   */
  private void sayIfLockWasLost(Exception failure) {
    if (Failure.isInterruption(failure) || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      lock.ensureHeld();
    } catch (CannotException lost) {
      lost.addSuppressed(failure);
      throw lost;
    }
  }

  /** Removes the temporary files at the end of all stages, since they share them. */
  @Override
  public void close() {
    removeQuietly(scratch, "");
  }

  /** Removes a folder; if that fails, the next run removes it. */
  private void removeQuietly(URI folder, String stage) {
    try {
      workspace.remove(folder);
    } catch (CannotException e) {
      events.write("leftover", stage, Map.of("folder", Places.text(folder), "why", e.getMessage()));
    }
  }

  static double secondsSince(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis() / 1000.0;
  }
}
