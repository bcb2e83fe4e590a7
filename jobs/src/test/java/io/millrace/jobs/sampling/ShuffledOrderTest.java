package io.millrace.jobs.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.sampling.EpochOrder.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShuffledOrderTest {
  private static final List<List<Integer>> SHARDS =
      List.of(List.of(50, 50, 20), List.of(50, 31), List.of(50, 50, 50), List.of(7));

  @Property(tries = 300)
  void visitsEveryImageOnce(
      @ForAll @Size(min = 1, max = 5)
          List<@Size(min = 1, max = 4) List<@IntRange(min = 0, max = 40) Integer>> groups,
      @ForAll @IntRange(min = 1, max = 200) int window,
      @ForAll @IntRange(min = 0, max = 100) int epoch,
      @ForAll long seed) {
    View view = Views.of(groups);
    for (Shuffle shuffle :
        List.of(new Shuffle.Block(window), new Shuffle.Full(), new Shuffle.None())) {
      List<Place> places = places(new ShuffledOrder(view, shuffle, seed, epoch), view.size());
      assertThat(new HashSet<>(places)).hasSize(places.size());
      assertThat(places)
          .allSatisfy(
              place ->
                  assertThat(place.row())
                      .isBetween(0, groups.get(place.shard()).get(place.group()) - 1));
    }
  }

  @Property(tries = 100)
  void samePlaceForEachPositionInAnyOrderOfCalls(
      @ForAll @IntRange(min = 1, max = 200) int window,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 357) int position) {
    View view = Views.of(SHARDS);
    Shuffle shuffle = new Shuffle.Block(window);
    List<Place> inOrder = places(new ShuffledOrder(view, shuffle, seed, 3), view.size());
    assertThat(new ShuffledOrder(view, shuffle, seed, 3).at(position))
        .isEqualTo(inOrder.get(position));
  }

  @Test
  void orderChangesWithEpochAndSeed() {
    View view = Views.of(SHARDS);
    for (Shuffle shuffle : List.of(new Shuffle.Block(64), new Shuffle.Full())) {
      List<Place> places = places(new ShuffledOrder(view, shuffle, 1, 0), view.size());
      assertThat(places(new ShuffledOrder(view, shuffle, 1, 1), view.size())).isNotEqualTo(places);
      assertThat(places(new ShuffledOrder(view, shuffle, 2, 0), view.size())).isNotEqualTo(places);
      assertThat(places(new ShuffledOrder(view, shuffle, 1, 0), view.size())).isEqualTo(places);
    }
  }

  @Test
  void noShuffleIsTheOrderOfTheShards() {
    View view = Views.of(List.of(List.of(2, 1), List.of(0, 2)));
    assertThat(places(new ShuffledOrder(view, new Shuffle.None(), 1, 5), 5))
        .containsExactly(
            new Place(0, 0, 0),
            new Place(0, 0, 1),
            new Place(0, 1, 0),
            new Place(1, 1, 0),
            new Place(1, 1, 1));
  }

  @Test
  void blockShuffleReadsFewShardsAtATime() {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      groups.add(List.of(100));
    }
    View view = Views.of(groups);
    List<Place> places = places(new ShuffledOrder(view, new Shuffle.Block(300), 1, 0), view.size());
    for (int from = 0; from < places.size(); from += 300) {
      List<Place> window = places.subList(from, Math.min(from + 300, places.size()));
      assertThat(window.stream().map(Place::shard).distinct().count()).isLessThanOrEqualTo(3);
    }
  }

  // The order of a training must not change from one version to the next: resumed runs go on in it.
  @Test
  void placesEqualThoseOfTheFirstRelease() {
    View view = Views.of(SHARDS);
    ShuffledOrder order = new ShuffledOrder(view, new Shuffle.Block(64), 7, 2);
    assertThat(List.of(order.at(0), order.at(1), order.at(100), order.at(357)))
        .containsExactly(
            new Place(0, 2, 4), new Place(0, 2, 16), new Place(0, 1, 19), new Place(2, 0, 48));
  }

  private static List<Place> places(EpochOrder order, long size) {
    List<Place> places = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      places.add(order.at(i));
    }
    return places;
  }
}
