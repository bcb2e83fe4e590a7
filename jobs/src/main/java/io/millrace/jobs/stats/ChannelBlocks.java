package io.millrace.jobs.stats;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.text.ValueText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Channel statistics as a page shows them. */
public final class ChannelBlocks {
  private static final double PERCENT = 100;
  private static final double SCALE = 255;
  private static final List<String> GRAY = List.of("grey");
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  private ChannelBlocks() {}

  /** A table of the main figures, and how often each level occurs. */
  public static List<Block> of(Histograms histograms) {
    return of(IntStream.range(0, histograms.channels()).mapToObj(histograms::channel).toList());
  }

  static List<Block> of(List<long[]> histograms) {
    List<String> names = names(histograms.size());
    double[] levels = IntStream.range(0, Histograms.VALUES).asDoubleStream().toArray();
    List<List<String>> rows = new ArrayList<>();
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < histograms.size(); c++) {
      long[] histogram = histograms.get(c);
      ChannelFigures figures = ChannelFigures.of(histogram);
      rows.add(
          List.of(
              names.get(c),
              ValueText.fraction(figures.mean()),
              ValueText.fraction(figures.std()),
              ValueText.fraction(figures.minimum() / SCALE),
              ValueText.fraction(figures.maximum() / SCALE)));
      double all = LongStream.of(histogram).sum();
      double[] shares = Arrays.stream(histogram).mapToDouble(n -> PERCENT * n / all).toArray();
      series.add(new Series(names.get(c), levels, shares));
    }
    return List.of(
        new Block.Table(
            "Channels, on the 0 to 1 scale",
            List.of(
                Column.words("channel"),
                Column.figures("mean"),
                Column.figures("deviation"),
                Column.figures("least"),
                Column.figures("most")),
            rows),
        new Block.Lines(
            "How often each level occurs", "level (0 to 255)", "share of pixels (%)", series));
  }

  /** Of the channels, as people call them. */
  static List<String> names(int channels) {
    if (channels == GRAY.size()) {
      return GRAY;
    }
    return channels == COLOURS.size()
        ? COLOURS
        : IntStream.rangeClosed(1, channels).mapToObj(c -> "channel " + c).toList();
  }
}
