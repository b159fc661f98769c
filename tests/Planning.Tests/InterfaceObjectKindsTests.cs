using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A source with an <c>@interfaceObject</c> is asked for a field that clients want of some types by a fetch for the objects of these types: of the others, of
/// which nobody asked it, it would be resolved as well, and where it fails, all that is asked of them would be lost. Both fetches travel in one request.
/// </summary>
public sealed class InterfaceObjectKindsTests
{
    private const string World =
        """
        --- catalogue apollo
        type Query { media: [Media] }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }
        interface Media @key(fields: "id") { id: ID! }
        --- reviews apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int! reviews: [Review] }
        type Review @key(fields: "id") { id: ID! text: String }
        --- people apollo
        type Review @key(fields: "id") { id: ID! author: String }
        """;

    [Fact]
    public void Of_some_types_more_is_asked() => PlanTest.Check(
        World, "{ media { ... on Book { score } reviews { text } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 441
          0 catalogue
            1 reviews at media[]
            2 reviews at media[]

        0 catalogue, cost 111
          why: catalogue serves Query.media
          {
            media {
              __typename
              id
            }
          }

        1 reviews at media[] after 0, in one request with 2, cost 220
          why: reviews serves Book.score, Media.reviews; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                score
                reviews {
                  text
                }
              }
            }
          }

        2 reviews at media[] after 0, in one request with 1, cost 210
          why: reviews serves Media.reviews; entered by id
          for each Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                reviews {
                  text
                }
              }
            }
          }
        """);

    [Fact]
    public void What_is_below_both_is_fetched_after_both() => PlanTest.Check(
        World, "{ media { ... on Book { score } reviews { author } } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 641
          0 catalogue
            1 reviews at media[]
            2 reviews at media[]
              3 people at media[].reviews[]

        0 catalogue, cost 111
          why: catalogue serves Query.media
          {
            media {
              __typename
              id
            }
          }

        1 reviews at media[] after 0, in one request with 2, cost 220
          why: reviews serves Book.score, Media.reviews; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                score
                reviews {
                  id
                }
              }
            }
          }

        2 reviews at media[] after 0, in one request with 1, cost 210
          why: reviews serves Media.reviews; entered by id
          for each Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                reviews {
                  id
                }
              }
            }
          }

        3 people at media[].reviews[] after 1, 2, cost 200
          why: people serves Review.author; entered by id
          for each Review
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Review {
                author
              }
            }
          }
        """);

    [Fact]
    public void Each_type_is_asked_for_something_else() => PlanTest.Check(
        World, "{ media { ... on Book { score } ... on Film { reviews { text } } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 331
          0 catalogue
            1 reviews at media[]
            2 reviews at media[]

        0 catalogue, cost 111
          why: catalogue serves Query.media
          {
            media {
              __typename
              id
            }
          }

        1 reviews at media[] after 0, in one request with 2, cost 110
          why: reviews serves Book.score; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                score
              }
            }
          }

        2 reviews at media[] after 0, in one request with 1, cost 210
          why: reviews serves Film.reviews; entered by id
          for each Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                reviews {
                  text
                }
              }
            }
          }
        """);
}
