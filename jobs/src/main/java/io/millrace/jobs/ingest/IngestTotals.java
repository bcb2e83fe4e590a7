package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.text.Amounts;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds up the tasks' results, and checks that every record is counted and that not too many are
 * quarantined.
 */
final class IngestTotals {
  private static final int REASONS_SHOWN = 3;

  private final Contents contents;
  private final List<ShardEntry> shards = new ArrayList<>();
  private final Map<Split, long[]> classCounts = new TreeMap<>();
  private final Map<String, Damage> reasons = new TreeMap<>();
  private final Map<String, Long> notes = new TreeMap<>();
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private final String fingerprint;
  private final IgnoredFiles ignored = new IgnoredFiles();
  private final long leftOut;
  private long in;
  private long out;

  /**
   * @param chosenOut pictures that the subset leaves out
   */
  IngestTotals(Contents contents, List<Listed> lists, long chosenOut, List<WrittenShard> written) {
    this.contents = contents;
    ignored.add(contents.ignored());
    lists.forEach(list -> ignored.add(list.ignored()));
    leftOut = chosenOut + contents.leftOut() + lists.stream().mapToLong(Listed::leftOut).sum();
    fingerprint = Digests.of(lists.stream().map(Listed::digest).collect(Collectors.joining()));
    for (Listed list : lists) {
      list.rejects().forEach(this::quarantined);
    }
    for (WrittenShard shard : written) {
      in += shard.records();
      shards.addAll(shard.shards());
      encodings.addAll(shard.encodings());
      out += shard.shards().stream().mapToLong(ShardEntry::rows).sum();
      shard.reasons().forEach((reason, damage) -> reasons.merge(reason, damage, Damage::and));
      shard.notes().forEach((kind, count) -> notes.merge(kind, count, Long::sum));
      long[] sums =
          classCounts.computeIfAbsent(shard.split(), s -> new long[shard.classCounts().length]);
      for (int c = 0; c < sums.length; c++) {
        sums[c] += shard.classCounts()[c];
      }
    }
    for (Reject reject : contents.rejects()) {
      quarantined(reject.reason(), new Damage(1, reject.id()));
    }
    shards.sort(Comparator.comparing(ShardEntry::path));
  }

  private void quarantined(String reason, Damage damage) {
    in += damage.count();
    reasons.merge(reason, damage, Damage::and);
  }

  /** Adds a count over the whole dataset. */
  void note(String kind, long count) {
    if (count > 0) {
      notes.put(kind, count);
    }
  }

  Map<String, Long> notes() {
    return notes;
  }

  /** The encodings of all pictures. */
  Set<Encoding> encodings() {
    return encodings;
  }

  IgnoredFiles ignored() {
    return ignored;
  }

  long leftOut() {
    return leftOut;
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

  /**
   * The most frequent reasons first, e.g. {@code label over 9 (3, the first is data_batch_1#17)}.
   */
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
        : "(" + Amounts.count(damage.count()) + ", the first is " + damage.first() + ")";
  }

  /**
   * Checks that the dataset may be published.
   *
   * @param what what was to be done, for a message
   * @throws CannotException if nothing is usable, or more is quarantined than allowed
   */
  void check(String what, double allowed) {
    if (out == 0) {
      throw new CannotException(
          what,
          in == 0
              ? leftOut == 0
                  ? "there is no picture in it; give the file or folder with the pictures"
                  : "all of its "
                      + Amounts.count(leftOut, "picture")
                      + " are left out by the keys split, classes, per-class-limit, sample,"
                      + " leave-out or unlabelled, or by the lines of its CSV file; change them"
              : "none of its pictures can be used: " + reasons());
    }
    if (quarantined() > allowed * in) {
      throw new CannotException(
          what,
          ("%s of %s records (%s) are damaged, max-quarantine allows %s %%: %s; fix the"
                  + " source, or allow more with --max-quarantine (100%% keeps everything usable,"
                  + " and lists the rest in "
                  + QuarantineWriter.FOLDER
                  + ")")
              .formatted(
                  Amounts.count(quarantined()),
                  Amounts.count(in),
                  Amounts.percent((double) quarantined() / in, 2),
                  percent(allowed),
                  reasons()));
    }
  }

  Dataset dataset(URI root) {
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    classCounts.forEach(
        (split, sums) -> counts.put(split.text(), Arrays.stream(sums).boxed().toList()));
    Map<String, String> description = new LinkedHashMap<>(contents.description());
    description.put("fingerprint", fingerprint);
    return new Dataset(
        root,
        Dataset.digestOf(shards, contents.classes().names()),
        contents.classes().names(),
        new Counts(in, out, quarantined(), ignored.files(), leftOut),
        counts,
        description,
        shards,
        contents.classes().synsets(),
        notes,
        ignored,
        0);
  }

  private static String percent(double share) {
    return new BigDecimal(String.valueOf(share))
        .movePointRight(2)
        .stripTrailingZeros()
        .toPlainString();
  }
}
