using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Fields of an interface that come from different sources by the object's type, while yet another source has an <c>@interfaceObject</c> in the
/// interface's place. What is below them is a position for each kind of object, since a step that needs a key there would miss those that
/// another fetch brings; but a source that answers for all objects, whose types nobody has told, brings them to one position.
/// </summary>
public sealed class InterfaceKindsTests
{
    private const string Sources =
        """
        --- home apollo
        type Query { books: [Media] }
        interface Media @key(fields: "id") { id: ID! by: Person }
        type Book implements Media @key(fields: "id") { id: ID! by: Person }
        type Film implements Media @key(fields: "id") { id: ID! by: Person @external }
        type Person @key(fields: "id") { id: ID! }
        --- films apollo
        type Film @key(fields: "id") { id: ID! by: Person }
        type Person @key(fields: "id") { id: ID! }
        --- shelf apollo
        type Query { shelf: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! place: Int }
        --- people apollo
        type Person @key(fields: "id") { id: ID! name: String }
        """;

    private static readonly string Shared = Sources.Replace("place: Int }", "by: Person } type Person @key(fields: \"id\") { id: ID! }", StringComparison.Ordinal);

    private static readonly string Closed = Shared.Replace("type Media @key(fields: \"id\")", "type Media @key(fields: \"id\", resolvable: false)", StringComparison.Ordinal);

    [Fact]
    public void Objects_that_come_from_two_sources_are_both_asked_for_more() => PlanTest.Check(
        Sources, "{ books { by { name } place } }",
        """
        5 fetches in 4 requests, 3 deep, estimated cost 481
          0 home
            1 people at books[].by
            2 shelf at books[]
            3 films at books[]
              4 people at books[].by

        0 home, cost 131
          why: home serves Query.books
          {
            books {
              __typename
              id
              ... on Book {
                by {
                  id
                }
              }
            }
          }

        1 people at books[].by after 0, in one request with 4, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }

        2 shelf at books[] after 0, cost 110
          why: shelf serves Media.place; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                place
              }
            }
          }

        3 films at books[] after 0, cost 120
          why: films serves Media.by; entered by id
          for each Film
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Film {
                by {
                  id
                }
              }
            }
          }

        4 people at books[].by after 3, in one request with 1, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }
        """);

    [Fact]
    public void A_source_that_has_the_field_of_all_objects_is_asked_before_their_types_are_known() => PlanTest.Check(
        Shared, "{ shelf { by { name } } }",
        """
        2 fetches, 2 deep, estimated cost 231
          0 shelf
            1 people at shelf[].by

        0 shelf, cost 121
          why: shelf serves Query.shelf
          {
            shelf {
              by {
                id
              }
            }
          }

        1 people at shelf[].by after 0, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }
        """);

    [Fact]
    public void What_is_below_is_one_position_where_one_source_gives_it_of_all_objects() => PlanTest.Check(
        Shared, "{ books { by { name } } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 home
            1 shelf at books[]
              2 people at books[].by

        0 home, cost 111
          why: home serves Query.books
          {
            books {
              __typename
              id
            }
          }

        1 shelf at books[] after 0, cost 120
          why: shelf serves Media.by; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                by {
                  id
                }
              }
            }
          }

        2 people at books[].by after 1, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }
        """);

    [Fact]
    public void Where_that_source_cannot_be_entered_there_is_a_position_for_each_kind() => PlanTest.Check(
        Closed, "{ shelf { by { name } } books { by { name } } }",
        """
        6 fetches in 4 requests, 3 deep, estimated cost 502
          0 home
            1 people at books[].by
            2 films at books[]
              3 people at books[].by
          4 shelf
            5 people at shelf[].by

        0 home, cost 131
          why: home serves Query.books
          {
            books {
              __typename
              ... on Book {
                by {
                  id
                }
              }
              ... on Film {
                id
              }
            }
          }

        1 people at books[].by after 0, in one request with 3, 5, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }

        2 films at books[] after 0, cost 120
          why: films serves Media.by; entered by id
          for each Film
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Film {
                by {
                  id
                }
              }
            }
          }

        3 people at books[].by after 2, in one request with 1, 5, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }

        4 shelf, cost 121
          why: shelf serves Query.shelf
          {
            shelf {
              by {
                id
              }
            }
          }

        5 people at shelf[].by after 4, in one request with 1, 3, cost 110
          why: people serves Person.name; entered by id
          for each Person
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Person {
                name
              }
            }
          }
        """);
}
