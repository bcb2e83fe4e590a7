package io.millrace.jobs.reference;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.spec.PipelineKeys;
import io.millrace.pipeline.spec.Variants;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reference: the pipeline file, every job with its keys, every choice with its own, in GitHub's
 * Markdown. All of it comes from the classes, so that it includes choices of a user's jar.
 */
public final class ReferencePage {
  private static final String EVERY_STAGE = "every stage";
  private static final String READING_IT = "How to read it";
  private static final String FILE = "The pipeline file";
  private static final String STAGES = "Keys of every stage";
  private static final String JOBS = "Jobs";
  private static final String CHOICES = "Choices";

  private static final String INTRODUCTION =
      """
      Every job, key and choice, as the code describes them. `sbin/millrace list reference` prints this page, with what your own
      jars add (`MILLRACE_CLASSPATH`); `sbin/millrace JOB --help` has the flags of one job.
      """;

  private static final String READING =
      """
      - **Key**: as in the pipeline file. `a.b` is written `a { b = .. }`, and `a[].b` is the key `b` of each element of the
        list `a`.
      - **Flag**: the shortest flag of `sbin/millrace JOB` for the key. Keys outside of lists also have their whole path as a flag,
        such as `--source.format`. Every job by flags also takes `--output DIR` and the options that its `--help` lists;
        `fetch` takes its dataset as `fetch NAME --to DIR`.
      - **Takes**: a size is bytes or has a unit (`128MB`, `64KiB`), a share is `1%` or `0.01`, a duration has a unit (`10s`,
        `7d`); `[least, most]` is the range that a number is drawn from. A path may be `"@stage"` or `"@stage/part"` in a pipeline file.
      - **Default**: empty if the key may be left out; the meaning says what happens then.
      - A key that *changes no result* is not part of a stage's fingerprint: with another value nothing runs again.
      """;

  private final JobCatalogue jobs;
  private final FlagWords flags;
  private final ChoiceIndex index = new ChoiceIndex();

  private ReferencePage(JobCatalogue jobs, Function<Job<?>, Set<String>> options) {
    this.jobs = jobs;
    this.flags = new FlagWords(jobs.all(), options);
    jobs.all().forEach(job -> index.add(job.name(), job.parameters()));
    index.add(EVERY_STAGE, PipelineKeys.ofStages());
  }

  /**
   * The page.
   *
   * @param options the options that the command of each job takes
   */
  public static String text(JobCatalogue jobs, Function<Job<?>, Set<String>> options) {
    return new ReferencePage(jobs, options).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder("# Reference\n\n" + INTRODUCTION + "\n");
    text.append(contents()).append("## ").append(READING_IT).append("\n\n");
    text.append(READING).append('\n');
    text.append(pipelineFile());
    text.append("## ").append(JOBS).append("\n\n");
    jobs.all().forEach(job -> text.append(job(job)));
    text.append("## ").append(CHOICES).append("\n\n");
    for (Class<?> type : index.types()) {
      text.append(new ChoiceSection(type, index, flags).text());
    }
    return text.toString().stripTrailing() + "\n";
  }

  private String contents() {
    StringBuilder text = new StringBuilder("## Contents\n\n");
    text.append("- ").append(Markdown.link(READING_IT, READING_IT)).append('\n');
    text.append("- ").append(Markdown.link(FILE, FILE)).append(", ");
    text.append(Markdown.link(STAGES, STAGES)).append('\n');
    String all =
        jobs.all().stream()
            .map(job -> Markdown.link(Markdown.code(job.name()), heading(job)))
            .collect(Collectors.joining(", "));
    text.append("- ").append(Markdown.link(JOBS, JOBS)).append(": ").append(all).append('\n');
    text.append("- ").append(Markdown.link(CHOICES, CHOICES)).append(":\n");
    for (Class<?> type : index.types()) {
      String title = ChoiceIndex.title(type);
      String each =
          Variants.records(type).keySet().stream()
              .map(it -> Markdown.link(Markdown.code(it), ChoiceSection.heading(type, it)))
              .collect(Collectors.joining(", "));
      text.append("  - ").append(Markdown.link(title, title)).append(": ").append(each);
      text.append('\n');
    }
    return text.append('\n').toString();
  }

  private static String pipelineFile() {
    StringBuilder text = new StringBuilder("## " + FILE + "\n\n");
    text.append(Markdown.tableHead("key", "meaning"));
    PipelineKeys.top().forEach((key, meaning) -> text.append(described(key, meaning)));
    text.append("\n### ").append(STAGES).append("\n\n");
    text.append(new KeyTable().of(PipelineKeys.ofStages()).stripTrailing()).append('\n');
    Map.Entry<String, String> spark = PipelineKeys.sparkOfStages();
    String settings = Markdown.words(spark.getValue());
    text.append(Markdown.row(Markdown.code(spark.getKey()), "object", "", settings));
    return text.append('\n').toString();
  }

  private static String described(String key, String meaning) {
    return Markdown.row(Markdown.code(key), Markdown.words(meaning));
  }

  private static String heading(Job<?> job) {
    return "Job " + Markdown.code(job.name());
  }

  private String job(Job<?> job) {
    StringBuilder text = new StringBuilder("### " + heading(job) + "\n\n");
    text.append(Markdown.words(job.summary()));
    text.append(" It makes ").append(Markdown.words(job.makes())).append(". Version ");
    text.append(job.version()).append('.');
    if (!job.also().isEmpty()) {
      text.append(" Also written ").append(Markdown.codes(job.also(), ", ")).append('.');
    }
    text.append("\n\n");
    for (String example : job.examples()) {
      text.append("    sbin/").append(example).append('\n');
    }
    KeyTable table = new KeyTable(path -> flags.of(job.name(), path));
    return text.append('\n').append(table.of(job.parameters())).toString();
  }
}
