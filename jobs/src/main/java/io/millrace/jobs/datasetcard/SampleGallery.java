package io.millrace.jobs.datasetcard;

import io.millrace.jobs.image.codec.Thumbnail;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.page.Wording;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pictures of a {@link RowSample}, class by class. */
final class SampleGallery {
  private static final int SIDE = 96;

  /** Decoding so many pixels takes about a second. */
  private static final long MOST_PIXELS = 60_000_000;

  private final Dataset dataset;
  private final Thumbnails thumbnails;
  private final Map<Integer, List<io.millrace.pipeline.card.CardPicture>> shown = new TreeMap<>();
  private long pixels;

  SampleGallery(Dataset dataset, Thumbnails thumbnails) {
    this.dataset = dataset;
    this.thumbnails = thumbnails;
  }

  List<Block> blocks(RowSample sample) {
    Collection<List<Picture>> byClass = sample.byClass().values();
    // One of each class first, so that all classes lose the same when there is not enough room.
    for (int turn = 0, added = 1; added > 0; turn++) {
      added = 0;
      for (List<Picture> pictures : byClass) {
        if (turn < pictures.size()) {
          show(pictures.get(turn), sample.isOfFewClasses());
          added++;
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (sample.isOfFewClasses()) {
      shown.forEach(
          (label, pictures) ->
              blocks.add(new Block.Gallery(Wording.className(dataset, label), pictures)));
    } else if (!shown.isEmpty()) {
      blocks.add(
          new Block.Gallery(
              "Pictures of " + Amounts.count(shown.size()) + " classes",
              shown.values().stream().flatMap(List::stream).toList()));
    }
    return blocks;
  }

  private void show(Picture picture, boolean classAbove) {
    String name = Wording.className(dataset, picture.label());
    small(picture)
        .flatMap(
            small -> thumbnails.picture(small, name + ": " + picture.id(), classAbove ? "" : name))
        .ifPresent(
            it -> shown.computeIfAbsent(picture.label(), label -> new ArrayList<>()).add(it));
  }

  private Optional<Thumbnail> small(Picture picture) {
    long own = (long) picture.height() * picture.width();
    if (pixels + own > MOST_PIXELS) {
      return Optional.empty();
    }
    pixels += own;
    try {
      return Optional.of(Thumbnail.of(picture.decoded(), SIDE));
    } catch (CannotException undecodable) {
      // The picture is left out here; jobs that read the whole dataset name it.
      return Optional.empty();
    }
  }
}
