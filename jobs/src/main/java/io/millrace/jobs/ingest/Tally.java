package io.millrace.jobs.ingest;

import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.pipeline.CannotException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds up what the tasks made and holds it against the law and the bound on the quarantine. */
final class Tally {
  private static final int REASONS_SHOWN = 3;

  private final Contents contents;
  private final List<ShardEntry> shards = new ArrayList<>();
  private final Map<Split, long[]> classCounts = new TreeMap<>();
  private final Map<String, Damage> reasons = new TreeMap<>();
  private long in;
  private long out;

  Tally(Contents contents, List<WrittenShard> written) {
    this.contents = contents;
    for (WrittenShard shard : written) {
      in += shard.records();
      shards.addAll(shard.shards());
      out += shard.shards().stream().mapToLong(ShardEntry::rows).sum();
      shard.reasons().forEach((reason, damage) -> reasons.merge(reason, damage, Damage::and));
      long[] sums =
          classCounts.computeIfAbsent(shard.split(), s -> new long[shard.classCounts().length]);
      for (int c = 0; c < sums.length; c++) {
        sums[c] += shard.classCounts()[c];
      }
    }
    for (Reject reject : contents.rejects()) {
      in++;
      reasons.merge(reject.reason(), new Damage(1, reject.id()), Damage::and);
    }
    shards.sort(Comparator.comparing(ShardEntry::path));
  }

  long quarantined() {
    return reasons.values().stream().mapToLong(Damage::count).sum();
  }

  long in() {
    return in;
  }

  long out() {
    return out;
  }

  /** The commonest reasons first, e.g. {@code label over 9 (3, the first is data_batch_1#17)}. */
  String reasons() {
    return reasons.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Damage> e) -> e.getValue().count())
                .reversed())
        .limit(REASONS_SHOWN)
        .map(e -> e.getKey() + " " + text(e.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String text(Damage damage) {
    return damage.count() == 1
        ? "(" + damage.first() + ")"
        : String.format(Locale.ROOT, "(%,d, the first is %s)", damage.count(), damage.first());
  }

  /**
   * Checks that the dataset is worth publishing.
   *
   * @throws CannotException if nothing is usable, or more is quarantined than allowed
   */
  void check(String source, double allowed) {
    String what = "ingest " + source;
    if (out == 0) {
      throw new CannotException(
          what,
          in == 0
              ? "there is no CIFAR-10 batch (.bin) in it; give the folder, archive or file that"
                  + " holds the batches"
              : "no picture of it is usable: " + reasons());
    }
    if (quarantined() > allowed * in) {
      throw new CannotException(
          what,
          String.format(
              Locale.ROOT,
              "%,d of %,d records (%.2f %%) are damaged, max-quarantine allows %s %%: %s; mend the"
                  + " source, or allow more with --max-quarantine (100%% keeps whatever is usable, and"
                  + " lists the rest in "
                  + QuarantineWriter.FOLDER
                  + ")",
              quarantined(),
              in,
              100.0 * quarantined() / in,
              percent(allowed),
              reasons()));
    }
  }

  Dataset dataset(URI root) {
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    classCounts.forEach(
        (split, sums) -> counts.put(split.text(), Arrays.stream(sums).boxed().toList()));
    return new Dataset(
        root,
        Dataset.digestOf(shards, contents.classNames()),
        contents.classNames(),
        new Counts(in, out, quarantined(), contents.ignored()),
        counts,
        contents.description(),
        shards);
  }

  private static String percent(double share) {
    return new BigDecimal(String.valueOf(share))
        .movePointRight(2)
        .stripTrailingZeros()
        .toPlainString();
  }
}
