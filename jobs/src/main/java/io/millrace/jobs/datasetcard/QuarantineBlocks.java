package io.millrace.jobs.datasetcard;

import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.QuarantineReader;
import io.millrace.jobs.shard.Reject;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The quarantined records of a dataset: reasons, ids, and pictures as far as they can be shown. */
final class QuarantineBlocks {
  private static final int FILES = 256;
  private static final int REJECTS = 100_000;
  private static final int ROWS = 20;
  private static final int PICTURES = 12;

  private final Dataset dataset;
  private final Thumbnails thumbnails;

  QuarantineBlocks(Dataset dataset, Thumbnails thumbnails) {
    this.dataset = dataset;
    this.thumbnails = thumbnails;
  }

  List<Block> blocks() throws IOException {
    long all = dataset.counts().quarantined();
    if (all == 0) {
      return List.of();
    }
    List<Reject> rejects = QuarantineReader.read(dataset.root(), FILES, REJECTS);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Quarantine"));
    blocks.add(
        new Block.Warning(
            Amounts.count(all, "record")
                + " of "
                + Amounts.count(dataset.counts().in())
                + " ("
                + Amounts.share(all, dataset.counts().in())
                + ") could not be stored as a picture and "
                + (all == 1 ? "was" : "were")
                + " quarantined."));
    blocks.add(reasons(rejects, all));
    blocks.add(first(rejects, all));
    List<CardPicture> pictures = pictures(rejects);
    if (!pictures.isEmpty()) {
      blocks.add(new Block.Gallery("What they still show", pictures));
    }
    return blocks;
  }

  private static Block reasons(List<Reject> rejects, long all) {
    Map<String, Long> counts = new TreeMap<>();
    rejects.forEach(reject -> counts.merge(reject.reason(), 1L, Long::sum));
    return new Block.Table(
        rejects.size() < all ? "Reasons, of the first " + Amounts.count(rejects.size()) : "Reasons",
        List.of(Column.words("reason"), Column.figures("records")),
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(entry -> List.of(entry.getKey(), Amounts.count(entry.getValue())))
            .toList());
  }

  private static Block first(List<Reject> rejects, long all) {
    return new Block.Table(
        all > ROWS ? "The first " + ROWS : "Which",
        List.of(Column.words("id"), Column.words("reason"), Column.figures("length")),
        rejects.stream()
            .limit(ROWS)
            .map(it -> List.of(it.id(), it.reason(), Amounts.bytes(it.bytes())))
            .toList());
  }

  private List<CardPicture> pictures(List<Reject> rejects) {
    List<CardPicture> pictures = new ArrayList<>();
    for (Reject reject : rejects.stream().limit(ROWS).toList()) {
      if (pictures.size() < PICTURES) {
        Remains.of(reject)
            .flatMap(
                small ->
                    thumbnails.picture(
                        small, reject.id() + ": " + reject.reason(), reject.reason()))
            .ifPresent(pictures::add);
      }
    }
    return pictures;
  }
}
