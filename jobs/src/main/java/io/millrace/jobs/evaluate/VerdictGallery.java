package io.millrace.jobs.evaluate;

import io.millrace.jobs.image.codec.Thumbnail;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.PictureLookup;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.text.Amounts;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The worst mistakes and the least certain predictions, with their pictures if these still exist.
 */
final class VerdictGallery {
  private static final int PICTURES = 16;
  private static final int LISTED = 100;
  private static final int LONGEST = 96;
  private static final long ROOM = 300_000;

  private final Evaluation evaluation;
  private final List<String> names;
  private final EvaluationJson.Origin origin;
  private final Optional<URI> shards;
  private final Thumbnails thumbnails = new Thumbnails(ROOM);

  /**
   * @param shards the dataset, if it is known
   */
  VerdictGallery(Evaluation evaluation, EvaluationJson.Origin origin, Optional<URI> shards) {
    this.evaluation = evaluation;
    this.names = ShownNames.of(evaluation.classNames());
    this.origin = origin;
    this.shards = shards;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Map<String, Picture> pictures = Map.of();
    try {
      pictures = pictures();
    } catch (CannotException e) {
      blocks.add(
          new Block.Paragraph(
              "The pictures of the mistakes can't be shown: " + e.getMessage() + "."));
    }
    add(blocks, "The worst mistakes", evaluation.mistakes(), pictures);
    add(blocks, "The least certain predictions", evaluation.leastSure(), pictures);
    return blocks;
  }

  private Map<String, Picture> pictures() {
    if (shards.isEmpty()) {
      return Map.of();
    }
    Dataset dataset = Dataset.open(shards.get());
    if (!dataset.digest().equals(origin.dataset())) {
      throw new CannotException(
          "look them up", "the dataset is no longer the one that was evaluated");
    }
    Set<String> ids = new HashSet<>();
    first(evaluation.mistakes()).forEach(verdict -> ids.add(verdict.id()));
    first(evaluation.leastSure()).forEach(verdict -> ids.add(verdict.id()));
    return PictureLookup.byId(dataset, origin.split(), ids);
  }

  private void add(
      List<Block> blocks, String title, List<Verdict> verdicts, Map<String, Picture> pictures) {
    if (verdicts.isEmpty()) {
      return;
    }
    List<io.millrace.pipeline.card.CardPicture> shown = new ArrayList<>();
    for (Verdict verdict : first(verdicts)) {
      if (pictures.containsKey(verdict.id())) {
        shown(verdict, pictures.get(verdict.id())).ifPresent(shown::add);
      }
    }
    if (!shown.isEmpty()) {
      blocks.add(new Block.Gallery(title, shown));
    }
    blocks.add(new Block.Fold(title + ", as a table", List.of(table(title, verdicts))));
  }

  private Optional<io.millrace.pipeline.card.CardPicture> shown(Verdict verdict, Picture picture) {
    String truth = name(verdict.label());
    String predicted = name(verdict.predicted());
    String caption =
        verdict.right()
            ? "%s, correct (%s)".formatted(truth, Amounts.percent(verdict.top()))
            : "%s, predicted as %s (%s)"
                .formatted(truth, predicted, Amounts.percent(verdict.top()));
    String alt =
        "%s: %s, predicted as %s with %s, true class given %s"
            .formatted(
                verdict.id(),
                truth,
                predicted,
                Amounts.percent(verdict.top()),
                Amounts.percent(verdict.truth()));
    try {
      return thumbnails.picture(Thumbnail.of(picture.decoded(), LONGEST), alt, caption);
    } catch (CannotException damagedSince) {
      return Optional.empty();
    }
  }

  private Block table(String caption, List<Verdict> verdicts) {
    return new Block.Table(
        caption,
        List.of(
            Column.words("picture"),
            Column.words("true class"),
            Column.words("predicted class"),
            Column.figures("probability of the predicted class"),
            Column.figures("probability of the true class")),
        verdicts.stream()
            .limit(LISTED)
            .map(
                it ->
                    List.of(
                        it.id(),
                        name(it.label()),
                        name(it.predicted()),
                        Amounts.percent(it.top()),
                        Amounts.percent(it.truth())))
            .toList());
  }

  private String name(int label) {
    return names.get(label);
  }

  private static List<Verdict> first(List<Verdict> verdicts) {
    return verdicts.subList(0, Math.min(PICTURES, verdicts.size()));
  }
}
