using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Who is asked what the objects of an <c>@interfaceObject</c> are: a source that knows all types of the interface. In the dialect of Composite Schemas
/// a lookup may find some of them only; of the others it says that they are not there, and they are.
/// </summary>
public sealed class TellerTests
{
    // The tests know of books that they were made for, and of no film; the catalogue knows both, and is entered by the same key.
    private const string World =
        """
        --- catalogue apollo
        type Book implements Media @key(fields: "id") { id: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }
        interface Media @key(fields: "id") { id: ID! }
        --- shelf apollo
        type Query { media: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! }
        --- audit
        type Query { mediaById(id: ID!): Media @lookup @internal }
        interface Media { id: ID! }
        type Book implements Media { id: ID! revision: Int }
        """;

    [Fact]
    public void Who_knows_some_types_is_asked_for_these_when_they_are_told() => PlanTest.Check(
        World, "{ media { ... on Book { revision } } }",
        """
        3 fetches, 3 deep, estimated cost 303
          0 shelf
            1 catalogue at media
              2 audit at media

        0 shelf, cost 102
          why: shelf serves Query.media
          {
            media {
              id
            }
          }

        1 catalogue at media after 0, cost 100
          why: catalogue tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 audit at media after 1, cost 101
          why: audit serves Book.revision; entered by id
          for each Book
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            mediaById(id: $__gg_1_id) {
              ... on Book {
                revision
              }
            }
          }
        """);

    [Fact]
    public void Who_knows_some_types_does_not_tell_them() => PlanTest.Check(
        World, "{ media { __typename } }",
        """
        2 fetches, 2 deep, estimated cost 202
          0 shelf
            1 catalogue at media

        0 shelf, cost 102
          why: shelf serves Query.media
          {
            media {
              id
            }
          }

        1 catalogue at media after 0, cost 100
          why: catalogue tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }
        """);

    // Prices would tell the types, too, and has what is asked; but it needs the weight first.
    [Fact]
    public void Who_tells_the_types_gives_what_the_other_one_that_could_needs_first() => PlanTest.Check(
        """
        --- shelf apollo
        type Query { media: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! }
        --- stock apollo
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! weight: Int }
        type Film implements Media @key(fields: "id") { id: ID! }
        --- prices apollo
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! weight: Int @external price: Int @requires(fields: "weight") }
        type Film implements Media @key(fields: "id") { id: ID! length: Int }
        """,
        "{ media { ... on Book { price } } }",
        """
        3 fetches, 3 deep, estimated cost 304
          0 shelf
            1 stock at media
              2 prices at media

        0 shelf, cost 102
          why: shelf serves Query.media
          {
            media {
              id
            }
          }

        1 stock at media after 0, cost 101
          why: stock serves Book.weight and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Book {
                weight
              }
            }
          }

        2 prices at media after 1, cost 101
          why: prices serves Book.price; entered by id; carries weight
          for each Book
          $representations: [_Any!]! = { __typename, id: ~id, weight: ~weight }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Book {
                price
              }
            }
          }
        """);
}
