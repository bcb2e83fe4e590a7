package io.millrace.jobs.datasetcard;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.page.Wording;
import io.millrace.jobs.shard.Picture;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many pictures there are of each size. */
public final class SizeCount {
  private static final int MOST_SHOWN = 8;

  /** A size in pixels. */
  public record Size(int height, int width) {
    @Override
    public String toString() {
      return Wording.size(height, width);
    }
  }

  private final Map<Size, Long> counts = new HashMap<>();
  private final Map<String, Long> forms = new HashMap<>();

  /** Counts a picture. */
  public void add(Picture picture) {
    counts.merge(new Size(picture.height(), picture.width()), 1L, Long::sum);
    String form = words(picture.encoding());
    forms.merge((picture.channels() == 1 ? "grey " : "RGB ") + form, 1L, Long::sum);
  }

  private static String words(Encoding encoding) {
    return switch (encoding) {
      case RAW -> "pixels";
      case JPEG -> "JPEG";
      case PNG -> "PNG";
      case WEBP -> "WebP";
    };
  }

  /** Adds another count. */
  public void add(SizeCount other) {
    other.counts.forEach((size, count) -> counts.merge(size, count, Long::sum));
    other.forms.forEach((form, count) -> forms.merge(form, count, Long::sum));
  }

  /** Pictures of each size. */
  public Map<Size, Long> counts() {
    return counts;
  }

  /** Pictures of all sizes. */
  public long pictures() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The counts as blocks of a page.
   *
   * @param which which pictures were looked at, e.g. {@code 1,024 of 60,000 pictures}
   */
  public List<Block> blocks(String which) {
    if (counts.isEmpty()) {
      return List.of();
    }
    List<Map.Entry<Size, Long>> sizes = commonestFirst();
    String stored = " Stored as " + String.join(", ", forms()) + ".";
    if (sizes.size() == 1) {
      return List.of(
          new Block.Paragraph(
              "All are "
                  + sizes.get(0).getKey()
                  + " pixels (height \u00d7 width), as seen in "
                  + which
                  + "."
                  + stored));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<Size, Long> size : sizes.subList(0, Math.min(MOST_SHOWN, sizes.size()))) {
      rows.add(
          List.of(
              size.getKey().toString(),
              Amounts.count(size.getValue()),
              Amounts.share(size.getValue(), pictures())));
    }
    return List.of(
        new Block.Paragraph(range() + ", as seen in " + which + "." + stored),
        new Block.Table(
            sizes.size() > rows.size()
                ? "The " + rows.size() + " commonest of " + Amounts.count(sizes.size()) + " sizes"
                : "Sizes (height \u00d7 width)",
            List.of(Column.words("size"), Column.figures("pictures"), Column.figures("share")),
            rows));
  }

  private List<Map.Entry<Size, Long>> commonestFirst() {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<Size, Long>comparingByValue()
                .reversed()
                .thenComparing(it -> it.getKey().height())
                .thenComparing(it -> it.getKey().width()))
        .toList();
  }

  private List<String> forms() {
    return forms.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Long> it) -> -it.getValue())
                .thenComparing(Map.Entry::getKey))
        .map(
            it ->
                forms.size() == 1
                    ? it.getKey()
                    : it.getKey() + " (" + Amounts.share(it.getValue(), pictures()) + ")")
        .toList();
  }

  private String range() {
    int least = Integer.MAX_VALUE;
    int most = 0;
    int narrowest = Integer.MAX_VALUE;
    int widest = 0;
    for (Size size : counts.keySet()) {
      least = Math.min(least, size.height());
      most = Math.max(most, size.height());
      narrowest = Math.min(narrowest, size.width());
      widest = Math.max(widest, size.width());
    }
    return "Heights from "
        + least
        + " to "
        + most
        + " and widths from "
        + narrowest
        + " to "
        + widest
        + " pixels";
  }
}
