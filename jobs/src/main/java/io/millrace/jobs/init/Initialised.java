package io.millrace.jobs.init;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pipeline file that was written, and the findings behind it.
 *
 * @param file absolute
 * @param format of the pictures
 * @param findings what was found and decided, a sentence for each
 * @param classes names by label number
 * @param pictures how many were listed, by split: {@code train}, {@code val}, {@code test}
 * @param untrained why there is no training in it; empty if there is one
 */
public record Initialised(
    Path file,
    String format,
    List<String> findings,
    List<String> classes,
    Map<String, Long> pictures,
    String untrained) {
  static Initialised of(Path file, Draft draft) {
    Survey survey = draft.survey();
    Map<String, Long> pictures = new LinkedHashMap<>();
    survey.counts().forEach((split, count) -> pictures.put(split.text(), count.pictures()));
    return new Initialised(
        file,
        survey.recognition().format(),
        Remarks.of(draft),
        survey.classes(),
        pictures,
        draft.untrained());
  }
}
