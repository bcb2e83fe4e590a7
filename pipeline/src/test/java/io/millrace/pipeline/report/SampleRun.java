package io.millrace.pipeline.report;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.history.RunReading;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.store.Holder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A run whose one job shows every kind of block, with names that try to break a page. */
final class SampleRun {
  static final String SCRIPT = "<script>alert(1)</script>";
  static final String LONG = "a-very-long-class-name-".repeat(9).substring(0, 200);
  static final String CHINESE = "猫和狗的照片集合第一部分";
  static final List<String> NAMES =
      List.of("cat", "dog", SCRIPT, LONG, CHINESE, "\"quoted\" & 'so'", "g", "h");

  private SampleRun() {}

  /** Shows all that a card can hold. */
  static final class Showing implements Job<Showing.Nothing> {
    record Nothing() {}

    @Override
    public String name() {
      return "showing";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String summary() {
      return "Shows.";
    }

    @Override
    public List<String> examples() {
      return List.of("millrace showing");
    }

    @Override
    public Class<Nothing> parameters() {
      return Nothing.class;
    }

    @Override
    public JobResult run(JobRequest<Nothing> request, JobContext context) {
      throw new UnsupportedOperationException("it only shows");
    }

    @Override
    public Card card(CardRequest request) {
      return everything();
    }
  }

  static JobCatalogue jobs() {
    return JobCatalogue.of(new Showing());
  }

  static Card everything() {
    int rounds = 400;
    Random random = new Random(1);
    double[] x = IntStream.range(0, rounds).asDoubleStream().toArray();
    double[] smooth = Arrays.stream(x).map(r -> 2.3 * Math.exp(-r / 120) + 0.2).toArray();
    double[] raw = Arrays.stream(smooth).map(v -> v + random.nextGaussian() * 0.1).toArray();
    List<List<Long>> counts = new ArrayList<>();
    for (int row = 0; row < NAMES.size(); row++) {
      int right = row;
      counts.add(
          IntStream.range(0, NAMES.size())
              .mapToObj(c -> c == right ? 90L : (long) random.nextInt(12))
              .toList());
    }
    double[] bars = NAMES.stream().mapToDouble(name -> 400 + random.nextInt(100)).toArray();
    List<CardPicture> pictures = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = NAMES.get(i % NAMES.size());
      pictures.add(CardPicture.png(png(i), name + ", picture " + i, name, 32, 32));
    }
    return Card.of(
        new Block.Figures(
            List.of(
                new Figure("accuracy", "93.9 %", "95 %: 92.2 to 95.2"),
                new Figure("loss", "0.27 nats"),
                new Figure("images", "60,000"))),
        new Block.Warning("3 pictures were quarantined: " + SCRIPT),
        new Block.Lines(
            "Loss",
            "round",
            "nats",
            List.of(new Series("raw", x, raw, true), new Series("smoothed", x, smooth))),
        new Block.Bars(
            "Images per class",
            "images",
            NAMES,
            List.of(Series.ofBars("train", bars), Series.ofBars("test", bars)),
            true),
        new Block.Matrix("Confusion", "true class", "predicted class", NAMES, counts),
        new Block.Heading("Per class"),
        new Block.Table(
            "Precision and recall",
            List.of(Column.words("class"), Column.figures("images"), Column.figures("recall")),
            NAMES.stream().map(name -> List.of(name, "1,000", "93.1 % (91.4 to 94.5)")).toList()),
        new Block.Gallery("What the model saw", pictures),
        new Block.Paragraph("Sizes are from the first 1,000 rows."),
        new Block.Code("Reproduce it", "millrace run conf/quickstart.conf --only model"),
        new Block.Fold(
            "More",
            List.of(
                new Block.Lines(
                    "Throughput", "round", "images/s", List.of(new Series("worker 1", x, raw))))));
  }

  private static byte[] png(int seed) {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        image.setRGB(x, y, new Color(x * 8, y * 8, seed * 20 % 256).getRGB());
      }
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The run.
   *
   * @param end the event that ended it; empty for one at work
   */
  static RunRecord record(Map<String, Object> end) {
    List<Map<String, Object>> events = new ArrayList<>();
    events.add(ended("fetch", "ran", 12.5, "5,000 pictures of 10 classes"));
    events.add(ended(SCRIPT, "skipped", 0, "5,000 images in 3 shards"));
    events.add(
        Map.of(
            "time",
            "2026-11-21T10:00:02Z",
            "event",
            "stage-started",
            "stage",
            "model",
            "reason",
            "never ran"));
    events.add(
        Map.of(
            "time",
            "2026-11-21T10:00:20Z",
            "event",
            "notice",
            "stage",
            "model",
            "sentence",
            "Training resumes from round 12."));
    if (!end.isEmpty()) {
      events.add(end);
    }
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("pipeline", "sample " + SCRIPT);
    plan.put("command", "millrace run conf/sample.conf --set params.epochs=1");
    plan.put("started", "2026-11-21T10:00:00Z");
    plan.put("process", Holder.self().fields());
    plan.put(
        "stages",
        List.of(
            planned("fetch", Map.of()),
            planned(SCRIPT, Map.of("source.path", "fetch")),
            planned(CHINESE, Map.of("shards", SCRIPT)),
            planned("model", Map.of("shards", SCRIPT, "stats", CHINESE)),
            planned(LONG, Map.of("shards", SCRIPT, "stats", CHINESE, "model", "model"))));
    return RunReading.of(
        URI.create("file:///work/runs/2026"), plan, events, "pipeline = sample # " + SCRIPT);
  }

  private static Map<String, Object> planned(String name, Map<String, String> reads) {
    return Map.of(
        "name", name, "job", "showing", "reads", reads, "outcome", "run", "reason", "never ran");
  }

  private static Map<String, Object> ended(
      String stage, String outcome, double seconds, String headline) {
    return Map.of(
        "time", "2026-11-21T10:00:01Z",
        "event", "stage-ended",
        "stage", stage,
        "outcome", outcome,
        "reason", "unchanged since 2026-11-20 09:12 UTC",
        "seconds", seconds,
        "headline", headline);
  }
}
