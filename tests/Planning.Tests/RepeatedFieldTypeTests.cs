using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>As <see cref="RepeatedFieldTests"/>, where the fetch that waits is for objects of more types than the one that does not.</summary>
public sealed class RepeatedFieldTypeTests
{
    private const string Sources =
        """
        --- s1 apollo
        type Query { q: T0 }
        interface N { id: ID! }
        type T0 implements N @key(fields: "id") { id: ID! f3: N @shareable said: Int @external c5: Int @requires(fields: "said") }
        type T1 implements N @key(fields: "id") { id: ID! }
        --- s2 apollo
        interface N { id: ID! said: Int c0: Int c7: Int }
        type T0 implements N @key(fields: "id") { id: ID! said: Int f3: N @shareable g: Int @external c0: Int @requires(fields: "g") f2: Int @external c7: Int @requires(fields: "f2") }
        type T1 implements N @key(fields: "id") { id: ID! said: Int g: Int @external c0: Int @requires(fields: "g") f2: Int @external c7: Int @requires(fields: "f2") }
        --- s3 apollo
        type T0 @key(fields: "id") { id: ID! f2: Int }
        type T1 @key(fields: "id") { id: ID! f2: Int }
        --- s4 apollo
        type T0 @key(fields: "id") { id: ID! g: Int }
        type T1 @key(fields: "id") { id: ID! g: Int }
        """;

    // Without mutants: a fetch for one type is the same on the interface and on the type.
    private static void Check(string operation, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), PlanPrinter.Print(PlanTest.Plan(Sources, operation)).Trim());

    // Of T0's said comes by the fetch that goes at once, for c5; of T1's by the one that waits.
    [Fact]
    public void What_a_fetch_that_waits_gives_of_more_types_it_gives_of_the_others_alone() => Check(
        "{ q { f3 { ... on T0 { c5 } said c0 c7 } } }",
        """
        6 fetches, 3 deep, estimated cost 612
          0 s1
            1 s4 at q.f3
            2 s3 at q.f3
              3 s2 at q.f3
            4 s2 at q.f3
              5 s1 at q.f3

        0 s1, cost 103
          why: s1 serves Query.q
          {
            q {
              f3 {
                __typename
                id
              }
            }
          }

        1 s4 at q.f3 after 0, cost 101
          why: s4 serves T0.g; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                g
              }
              ... on T1 {
                g
              }
            }
          }

        2 s3 at q.f3 after 0, cost 101
          why: s3 serves T0.f2; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                f2
              }
              ... on T1 {
                f2
              }
            }
          }

        3 s2 at q.f3 after 1, 2, cost 105
          why: s2 serves N.said, N.c0, N.c7; entered by id; carries g; carries f2
          for each T0|T1
          $representations: [_Any!]! = { __typename, id: ~id, g: ~g, f2: ~f2 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                said
                c0
                c7
              }
              ... on T0 {
                c0
                c7
              }
            }
          }

        4 s2 at q.f3 after 0, cost 101
          why: s2 serves N.said; entered by id
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on N {
                said
              }
            }
          }

        5 s1 at q.f3 after 4, cost 101
          why: s1 serves T0.c5; entered by id; carries said
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id, said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                c5
              }
            }
          }
        """);

    // It is not entered for T0's, of which it would be asked for said alone.
    [Fact]
    public void It_is_not_entered_for_types_of_which_nothing_is_left() => Check(
        "{ q { f3 { ... on T0 { c5 } said ... on T1 { c0 c7 } } } }",
        """
        6 fetches, 3 deep, estimated cost 610
          0 s1
            1 s4 at q.f3
            2 s3 at q.f3
              3 s2 at q.f3
            4 s2 at q.f3
              5 s1 at q.f3

        0 s1, cost 103
          why: s1 serves Query.q
          {
            q {
              f3 {
                __typename
                id
              }
            }
          }

        1 s4 at q.f3 after 0, cost 101
          why: s4 serves T1.g; entered by id
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                g
              }
            }
          }

        2 s3 at q.f3 after 0, cost 101
          why: s3 serves T1.f2; entered by id
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                f2
              }
            }
          }

        3 s2 at q.f3 after 1, 2, cost 103
          why: s2 serves N.said, T1.c0, T1.c7; entered by id; carries g; carries f2
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id, g: ~g, f2: ~f2 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on N {
                said
              }
              ... on T1 {
                c0
                c7
              }
            }
          }

        4 s2 at q.f3 after 0, cost 101
          why: s2 serves N.said; entered by id
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on N {
                said
              }
            }
          }

        5 s1 at q.f3 after 4, cost 101
          why: s1 serves T0.c5; entered by id; carries said
          for each T0
          $representations: [_Any!]! = { __typename, id: ~id, said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                c5
              }
            }
          }
        """);
}
