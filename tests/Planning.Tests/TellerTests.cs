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

    // Who is entered by the sku is no help as long as nobody knows what the objects are: audit tells it of some, and songs takes a song alone.
    private const string ByAnotherKey =
        """
        --- shelf apollo
        type Query { media: Media }
        type Media @interfaceObject @key(fields: "id") { id: ID! }
        --- catalogue
        type Query { bySku(sku: ID!): Media @lookup @internal byIsbn(isbn: ID!): Media @lookup @internal }
        interface Media { sku: ID! isbn: ID! }
        type Book implements Media { sku: ID! isbn: ID! }
        type Film implements Media { sku: ID! isbn: ID! }
        type Song implements Media { sku: ID! isbn: ID! bars: Int }
        --- audit
        type Query { mediaById(id: ID!): Media @lookup @internal }
        interface Media { id: ID! sku: ID! }
        type Book implements Media { id: ID! sku: ID! revision: Int }
        type Film implements Media { id: ID! sku: ID! }
        --- songs
        type Query { songById(id: ID!): Song @lookup @internal }
        type Song { id: ID! sku: ID! }
        --- numbers apollo
        type Media @interfaceObject @key(fields: "id") @key(fields: "no") { id: ID! no: ID! }
        --- isbns apollo
        type Media @interfaceObject @key(fields: "no") @key(fields: "isbn") { no: ID! isbn: ID! }
        """;

    [Fact]
    public void Who_tells_the_types_is_entered_by_a_key_that_is_told_of_all_objects() => PlanTest.Check(
        ByAnotherKey, "{ media { __typename ... on Song { bars } } }",
        """
        4 fetches, 4 deep, estimated cost 405
          0 shelf
            1 numbers at media
              2 isbns at media
                3 catalogue at media

        0 shelf, cost 102
          why: shelf serves Query.media
          {
            media {
              id
            }
          }

        1 numbers at media after 0, cost 101
          why: numbers serves Media.no; entered by id
          for each Book|Film|Song
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                no
              }
            }
          }

        2 isbns at media after 1, cost 101
          why: isbns serves Media.isbn; entered by no
          for each Book|Film|Song
          $representations: [_Any!]! = { __typename: "Media", no: ~no }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                isbn
              }
            }
          }

        3 catalogue at media after 2, cost 101
          why: catalogue serves Song.bars and tells which Media each object is; entered by isbn
          for each Book|Film|Song
          $__gg_1_isbn: ID! = ~isbn
          query ($__gg_1_isbn: ID!) {
            byIsbn(isbn: $__gg_1_isbn) {
              __typename
              ... on Song {
                bars
              }
            }
          }
        """);

    [Fact]
    public void Who_knows_some_types_is_asked_by_its_own_key_when_they_are_told() => PlanTest.Check(
        ByAnotherKey, "{ media { ... on Book { revision } } }",
        """
        5 fetches, 5 deep, estimated cost 505
          0 shelf
            1 numbers at media
              2 isbns at media
                3 catalogue at media
                  4 audit at media

        0 shelf, cost 102
          why: shelf serves Query.media
          {
            media {
              id
            }
          }

        1 numbers at media after 0, cost 101
          why: numbers serves Media.no; entered by id
          for each Book|Film|Song
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                no
              }
            }
          }

        2 isbns at media after 1, cost 101
          why: isbns serves Media.isbn; entered by no
          for each Book|Film|Song
          $representations: [_Any!]! = { __typename: "Media", no: ~no }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                isbn
              }
            }
          }

        3 catalogue at media after 2, cost 100
          why: catalogue tells which Media each object is; entered by isbn
          for each Book|Film|Song
          $__gg_1_isbn: ID! = ~isbn
          query ($__gg_1_isbn: ID!) {
            byIsbn(isbn: $__gg_1_isbn) {
              __typename
            }
          }

        4 audit at media after 3, cost 101
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
}
