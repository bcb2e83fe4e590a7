package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.Listing;
import io.millrace.pipeline.store.Workspace;
import io.millrace.pipeline.text.Amounts;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks a stage's sources again after they were read: if files changed meanwhile, the result is
 * not the planned one.
 */
final class SourceWatch {
  private final Workspace workspace;
  private final StageSpec stage;

  SourceWatch(Workspace workspace, StageSpec stage) {
    this.workspace = workspace;
    this.stage = stage;
  }

  /** A source is not as it was in the plan. */
  static final class Changed extends CannotException {
    private static final long serialVersionUID = 1L;
    private final String why;
    private final transient Identity now;

    private Changed(String stage, String why, Identity now) {
      super("run the stage " + stage, why + "; run it again when its source no longer changes");
      this.why = why;
      this.now = now;
    }

    /** What changed, as a sentence without its full stop. */
    String why() {
      return why;
    }

    /** The identity of the stage with its present sources. */
    Identity now() {
      return now;
    }
  }

  /**
   * Compares the sources as the plan listed them: names, lengths and times (or a store's etags),
   * and the bytes if the stage has {@code verify = content}.
   *
   * @throws Changed if a source is not as it was
   */
  void requireUnchanged(Identity identity) {
    SortedMap<String, Listing> now = new TreeMap<>(identity.sources());
    String why = "";
    for (Map.Entry<String, Location> place : stage.locations().entrySet()) {
      Listing before = identity.sources().get(place.getKey());
      if (before == null) {
        continue;
      }
      Listing after = workspace.look(place.getValue().text(), before.content(), stage.settings());
      if (!after.digest().equals(before.digest())) {
        now.put(place.getKey(), after);
        why = "%s changed while it was read (%s)".formatted(after.root(), change(before, after));
      }
    }
    if (!why.isEmpty()) {
      throw new Changed(
          stage.name(),
          why,
          new Identity(
              identity.job(), identity.version(), identity.parameters(), identity.inputs(), now));
    }
  }

  /** One change, as text. */
  private static String change(Listing before, Listing after) {
    Map<String, Listing.Entry> earlier = new HashMap<>();
    before.entries().forEach(entry -> earlier.put(entry.path(), entry));
    for (Listing.Entry entry : after.entries()) {
      Listing.Entry was = earlier.remove(entry.path());
      if (was == null && !before.entries().isEmpty()) {
        return entry.path() + " is new";
      }
      if (was != null && !was.equals(entry)) {
        return entry.path() + " changed";
      }
    }
    if (!earlier.isEmpty() && !after.entries().isEmpty()) {
      return earlier.keySet().stream().sorted().findFirst().orElseThrow() + " is gone";
    }
    return Amounts.count(before.files(), "file")
        + " before, "
        + Amounts.count(after.files())
        + " now";
  }
}
