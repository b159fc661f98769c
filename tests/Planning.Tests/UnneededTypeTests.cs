using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Objects of an <c>@interfaceObject</c> whose types nobody asks for, and no source needs.</summary>
public sealed class UnneededTypeTests
{
    // Who is entered by the interface's name needs no type, and neither does what that requires of an interface object.
    [Fact]
    public void A_requirement_from_one_interface_object_to_another_asks_nobody_for_types() => PlanTest.Check(
        Graph(homeKey: ""),
        "{ ratings { double } }",
        Expected);

    [Fact]
    public void A_requirement_from_one_interface_object_to_another_is_there_where_nobody_tells_types() => PlanTest.Check(
        Graph(homeKey: ", resolvable: false"),
        "{ ratings { double } }",
        Expected);

    private const string Expected = """
        2 fetches, 2 deep, estimated cost 231
          0 ratings
            1 doubles at ratings[]

        0 ratings, cost 121
          why: ratings serves Query.ratings
          {
            ratings {
              score
              id
            }
          }

        1 doubles at ratings[] after 0, cost 110
          why: doubles serves Media.double; entered by id; carries score
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id, score: ~score }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                double
              }
            }
          }
        """;

    private static string Graph(string homeKey) =>
        $$"""
        --- home apollo
        interface Media @key(fields: "id"{{homeKey}}) { id: ID! }
        type Book implements Media @key(fields: "id"{{homeKey}}) { id: ID! }
        type Film implements Media @key(fields: "id"{{homeKey}}) { id: ID! }
        --- ratings apollo
        type Query { ratings: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int }
        --- doubles apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int @external double: Int @requires(fields: "score") }
        """;

    // What r3 requires is an object, which a gives as a whole.
    [Fact]
    public void What_a_source_requires_of_an_object_below_needs_no_types() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! v: V }
        type V { c: Int }
        --- b apollo
        type V { c: Int @external }
        type I @key(fields: "id") @interfaceObject { id: ID! v: V @external r3: Int @requires(fields: "v { c }") }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ qa { r3 } }",
        """
        2 fetches, 2 deep, estimated cost 241
          0 a
            1 b at qa[]

        0 a, cost 131
          why: a serves Query.qa
          {
            qa {
              v {
                c
              }
              id
            }
          }

        1 b at qa[] after 0, cost 110
          why: b serves I.r3; entered by id; carries v { c }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, v: ~v { c: ~c } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r3
              }
            }
          }
        """);

    // r10 requires r9, which requires i0: all three are of every I.
    [Fact]
    public void What_sources_require_of_each_other_in_a_row_needs_no_types() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i0: Int @external r9: Int @requires(fields: "i0") }
        --- c apollo
        type I @key(fields: "id") @interfaceObject { id: ID! r9: Int @external r10: Int @requires(fields: "r9") }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """,
        "{ qa { r10 } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 a
            1 b at qa[]
              2 c at qa[]

        0 a, cost 121
          why: a serves Query.qa
          {
            qa {
              i0
              id
            }
          }

        1 b at qa[] after 0, cost 110
          why: b serves I.r9; entered by id; carries i0
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i0: ~i0 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }

        2 c at qa[] after 1, cost 110
          why: c serves I.r10; entered by id; carries r9
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, r9: ~r9 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r10
              }
            }
          }
        """);

    // Two fields that require each other are had by nobody; home has one of them, of T0.
    [Fact]
    public void Fields_that_require_each_other_are_had_where_home_tells_one_of_them() => PlanTest.Check(
        """
        --- a apollo
        type Query { qa: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! x: Int @external y: Int @shareable @requires(fields: "x") }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! y: Int @external x: Int @shareable @requires(fields: "y") }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! x: Int @shareable }
        type T1 implements I @key(fields: "id") { id: ID! x: Int @shareable }
        """,
        "{ qa { y __typename } }",
        """
        3 fetches, 3 deep, estimated cost 331
          0 a
            1 home at qa[]
              2 a at qa[]

        0 a, cost 111
          why: a serves Query.qa
          {
            qa {
              id
            }
          }

        1 home at qa[] after 0, cost 110
          why: home serves I.x and tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on T0 {
                x
              }
              ... on T1 {
                x
              }
            }
          }

        2 a at qa[] after 1, cost 110
          why: a serves I.y; entered by id; carries x
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, x: ~x }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                y
              }
            }
          }
        """);
}
