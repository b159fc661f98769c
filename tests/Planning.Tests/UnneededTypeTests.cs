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
}
