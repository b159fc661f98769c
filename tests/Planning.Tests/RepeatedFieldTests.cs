using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>A source that is asked for a field at once, since something else requires it, is not asked for it once more by the fetch that waits for what it carries.</summary>
public sealed class RepeatedFieldTests
{
    private const string Operation = "{ q { f3 { c5 said c0 c7 } } }";

    private const string ByLookups =
        """
        --- s1 composite
        type Query { q: T tById(id: ID!): T @lookup @internal }
        type T @key(fields: "id") { id: ID! f3: T @shareable z: Z c5(a: String @require(field: "said")): Int }
        type Z @key(fields: "id") { id: ID! z3: Int }
        --- s2 composite
        type Query { t2(id: ID!): T @lookup @internal }
        type T @key(fields: "id") { id: ID! said: String f3: T @shareable c0(a: Int @require(field: "z.z1")): Int c7(a: Int @require(field: "f2")): Int }
        type Z @key(fields: "id") { id: ID! }
        --- s3 composite
        type Query { t3(id: ID!): T @lookup @internal z3(id: ID!): Z @lookup @internal }
        type T @key(fields: "id") { id: ID! f2: Int f5: Int }
        type Z @key(fields: "id") { id: ID! z1: Int }
        """;

    private const string ByRepresentations =
        """
        --- s1 apollo
        type Query { q: T }
        type T @key(fields: "id") { id: ID! f3: T @shareable said: Int @external c5: Int @requires(fields: "said") }
        --- s2 apollo
        type T @key(fields: "id") {
          id: ID! said: Int f3: T @shareable g: Int @external c0: Int @requires(fields: "g") f2: Int @external c7: Int @requires(fields: "f2")
        }
        --- s3 apollo
        type T @key(fields: "id") { id: ID! f2: Int }
        --- s4 apollo
        type T @key(fields: "id") { id: ID! g: Int }
        """;

    // s2 gives said with what it waits for, c0 and c7; c5 requires said and is not to wait for these.
    [Fact]
    public void What_a_fetch_that_waits_gave_and_another_field_requires_comes_by_the_one_that_does_not_wait_alone() => PlanTest.Check(
        ByLookups,
        Operation,
        """
        6 fetches in 5 requests, 3 deep, estimated cost 511
          0 s1
            1 s3 at q.f3.~z
            2 s3 at q.f3
              3 s2 at q.f3
            4 s2 at q.f3
              5 s1 at q.f3

        0 s1, cost 105
          why: s1 serves Query.q
          {
            q {
              f3 {
                id
                z {
                  id
                }
              }
            }
          }

        1 s3 at q.f3.~z after 0, in one request with 2, cost 101
          why: s3 serves Z.z1; entered by id
          for each Z
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            z3(id: $__gg_1_id) {
              z1
            }
          }

        2 s3 at q.f3 after 0, in one request with 1, cost 101
          why: s3 serves T.f2; entered by id
          for each T
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t3(id: $__gg_1_id) {
              f2
            }
          }

        3 s2 at q.f3 after 1, 2, cost 102
          why: s2 serves T.c0, T.c7; entered by id; carries z { z1 }; carries f2
          for each T
          $__gg_1_id: ID! = ~id
          $__gg_2_a: Int or null = ~z { ~z1 }
          $__gg_3_a: Int or null = ~f2
          query ($__gg_1_id: ID!, $__gg_2_a: Int, $__gg_3_a: Int) {
            t2(id: $__gg_1_id) {
              c0(a: $__gg_2_a)
              c7(a: $__gg_3_a)
            }
          }

        4 s2 at q.f3 after 0, cost 101
          why: s2 serves T.said; entered by id
          for each T
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t2(id: $__gg_1_id) {
              said
            }
          }

        5 s1 at q.f3 after 4, cost 101
          why: s1 serves T.c5; entered by id; carries said
          for each T
          $__gg_1_id: ID! = ~id
          $__gg_2_a: String or null = said
          query ($__gg_1_id: ID!, $__gg_2_a: String) {
            tById(id: $__gg_1_id) {
              c5(a: $__gg_2_a)
            }
          }
        """);

    [Fact]
    public void The_same_by_representations() => PlanTest.Check(
        ByRepresentations,
        Operation,
        """
        6 fetches, 3 deep, estimated cost 609
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
                id
              }
            }
          }

        1 s4 at q.f3 after 0, cost 101
          why: s4 serves T.g; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                g
              }
            }
          }

        2 s3 at q.f3 after 0, cost 101
          why: s3 serves T.f2; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                f2
              }
            }
          }

        3 s2 at q.f3 after 1, 2, cost 102
          why: s2 serves T.c0, T.c7; entered by id; carries g; carries f2
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, g: ~g, f2: ~f2 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c0
                c7
              }
            }
          }

        4 s2 at q.f3 after 0, cost 101
          why: s2 serves T.said; entered by id
          for each T
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                said
              }
            }
          }

        5 s1 at q.f3 after 4, cost 101
          why: s1 serves T.c5; entered by id; carries said
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                c5
              }
            }
          }
        """);

    [Fact]
    public void The_same_where_it_is_a_key() => PlanTest.Check(
        """
        --- s1 composite
        type Query { q: T tById(id: ID!): T @lookup @internal }
        type T @key(fields: "id") { id: ID! f3: T @shareable z: Z }
        type Z @key(fields: "id") { id: ID! z3: Int }
        --- s2 composite
        type Query { t2(id: ID!): T @lookup @internal }
        type T @key(fields: "id") { id: ID! said: String @shareable f3: T @shareable c0(a: Int @require(field: "z.z1")): Int c7(a: Int @require(field: "f2")): Int }
        type Z @key(fields: "id") { id: ID! }
        --- s3 composite
        type Query { t3(id: ID!): T @lookup @internal z3(id: ID!): Z @lookup @internal }
        type T @key(fields: "id") { id: ID! f2: Int f5: Int }
        type Z @key(fields: "id") { id: ID! z1: Int }
        --- s5 composite
        type Query { t5(said: String!): T @lookup @internal }
        type T @key(fields: "said") { said: String @shareable w: Int }
        """,
        "{ q { f3 { w said c0 c7 } } }",
        """
        6 fetches in 5 requests, 3 deep, estimated cost 511
          0 s1
            1 s3 at q.f3.~z
            2 s3 at q.f3
              3 s2 at q.f3
            4 s2 at q.f3
              5 s5 at q.f3

        0 s1, cost 105
          why: s1 serves Query.q
          {
            q {
              f3 {
                id
                z {
                  id
                }
              }
            }
          }

        1 s3 at q.f3.~z after 0, in one request with 2, cost 101
          why: s3 serves Z.z1; entered by id
          for each Z
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            z3(id: $__gg_1_id) {
              z1
            }
          }

        2 s3 at q.f3 after 0, in one request with 1, cost 101
          why: s3 serves T.f2; entered by id
          for each T
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t3(id: $__gg_1_id) {
              f2
            }
          }

        3 s2 at q.f3 after 1, 2, cost 102
          why: s2 serves T.c0, T.c7; entered by id; carries z { z1 }; carries f2
          for each T
          $__gg_1_id: ID! = ~id
          $__gg_2_a: Int or null = ~z { ~z1 }
          $__gg_3_a: Int or null = ~f2
          query ($__gg_1_id: ID!, $__gg_2_a: Int, $__gg_3_a: Int) {
            t2(id: $__gg_1_id) {
              c0(a: $__gg_2_a)
              c7(a: $__gg_3_a)
            }
          }

        4 s2 at q.f3 after 0, cost 101
          why: s2 serves T.said; entered by id
          for each T
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            t2(id: $__gg_1_id) {
              said
            }
          }

        5 s5 at q.f3 after 4, cost 101
          why: s5 serves T.w; entered by said
          for each T
          $__gg_1_said: String! = said
          query ($__gg_1_said: String!) {
            t5(said: $__gg_1_said) {
              w
            }
          }
        """);

    [Theory]
    [InlineData(ByLookups)]
    [InlineData(ByRepresentations)]
    public void The_verifier_finds_a_field_that_is_copied_into_another_fetch(string sources)
    {
        var plan = PlanTest.Plan(sources, Operation);
        Assert.Equal(
            [
                ("step 3 asks for said as step 4 does", "step 4: it asks once more for T.said, which step 3 asks for"),
            ],
            CopiedFieldMutants.Of(plan).Select(mutant => (mutant.What, string.Join('\n', PlanVerifier.Verify(mutant.Plan)))));
    }
}
