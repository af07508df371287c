package io.inferwarden.bench.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourseTest {
  @Test
  void countsTheQueriesOfTheAttackUntilTheFirstAccusation() {
    Course course = new Course();
    double[] levels = {0, .2, .5, 1.5, .1, 3};

    for (double level : levels) {
      course.take(level);
    }

    assertThat(course.queriesToDetect(0)).isEqualTo(4);
    assertThat(course.queriesToDetect(2)).isEqualTo(2);
    assertThat(course.queriesToDetect(5)).isZero();
    assertThat(new Course().queriesToDetect(0)).isInfinite();
  }

  @Test
  void isReadAtOtherBudgets() {
    Course course = new Course();
    course.take(.02);

    assertThat(course.isAccused(1)).isFalse();
    assertThat(course.isAccused(50)).isTrue();
    assertThat(course.isAccused(49)).isFalse();
  }

  @Test
  void aScoreIsReadAtAThresholdChosenAfterwards() {
    ScoreCourse course = new ScoreCourse();
    double[] scores = {Double.NEGATIVE_INFINITY, .2, .1, .7, .7, .9};

    for (double score : scores) {
      course.take(score);
    }

    assertThat(course.highest()).isEqualTo(.9);
    assertThat(course.queriesAbove(.15, 0)).isEqualTo(2);
    assertThat(course.queriesAbove(.5, 1)).isEqualTo(3);
    assertThat(course.queriesAbove(.9, 0)).isInfinite();
  }
}
