package io.millrace.pipeline.report;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.history.StageState;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.text.Amounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage's part of the page.
 *
 * @param anchor its id on the page
 * @param kept the card of an earlier page, as HTML; then the card itself is empty
 * @param share of the run's time, 0..1
 */
record StageView(
    StageRecord stage,
    String anchor,
    Card card,
    Optional<String> kept,
    double share,
    Optional<ArtifactManifest> manifest) {

  String name() {
    return stage.name();
  }

  StageState state() {
    return stage.state();
  }

  /**
   * The key of the card for a later page; null if there is no result, and for a card with a
   * warning, which may be gone the next time.
   */
  String key() {
    boolean warns = card.blocks().stream().anyMatch(Block.Warning.class::isInstance);
    return manifest
        .filter(made -> !warns)
        .map(made -> KeptCards.key(made.fingerprint()))
        .orElse(null);
  }

  String time() {
    return stage.seconds() > 0 ? Amounts.seconds(stage.seconds()) : "–";
  }

  String percent() {
    return Math.round(100 * share) + "%";
  }

  /** The notices of the job. */
  List<String> notices() {
    return texts("notice", "sentence");
  }

  /** The stack trace of a failure. */
  List<String> traces() {
    return texts("stage-trace", "trace");
  }

  private List<String> texts(String kind, String key) {
    return stage.events().stream()
        .filter(event -> kind.equals(event.get("event")))
        .map(event -> String.valueOf(event.get(key)))
        .toList();
  }

  /** The provenance of the result, as names and values. */
  Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    manifest.ifPresent(
        made -> {
          facts.put("job", made.identity().job() + " version " + made.identity().version());
          facts.put("digest", made.digest());
          facts.put("fingerprint", made.fingerprint());
          made.identity()
              .inputs()
              .forEach((key, input) -> facts.put(key, input.reference() + " " + input.digest()));
          made.identity()
              .sources()
              .forEach(
                  (key, listing) ->
                      facts.put(
                          key, listing.root() + ", " + Amounts.count(listing.files(), "file")));
          facts.put("made", Words.time(made.created()) + " in " + Amounts.seconds(made.seconds()));
        });
    stage.artifact().ifPresent(place -> facts.put("folder", Places.text(place)));
    return facts;
  }

  /** The command that makes the result again. */
  Optional<String> reproduce() {
    return manifest.map(ArtifactManifest::reproduce);
  }
}
