using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// A source with objects in the place of two interfaces that have a type in common: it knows an object of that type by two names, and who is there
/// by the one is not asked for what the other has.
/// </summary>
public sealed class SeveralInterfaceObjectsTests
{
    private const string Shop =
        """
        --- home apollo
        type Query { book: Book }
        interface Media @key(fields: "id") { id: ID! }
        interface Stock @key(fields: "sku") { sku: ID! }
        type Book implements Media & Stock @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }
        --- shop apollo
        type Query { media: [Media] stock: [Stock] }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int lot: Stock }
        type Stock @key(fields: "sku") @interfaceObject { sku: ID! count: Int like: Shelf }
        type Shelf { place: Int best: Media }
        """;

    // Both have one key.
    private const string OneKey =
        """
        --- home apollo
        type Query { book: Book }
        interface Media @key(fields: "id") { id: ID! }
        interface Stock @key(fields: "id") { id: ID! }
        type Book implements Media & Stock @key(fields: "id") { id: ID! weight: Int }
        --- shop apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        type Stock @key(fields: "id") @interfaceObject { id: ID! count: Int }
        """;

    [Fact]
    public void Each_is_entered_by_its_own_name_and_key() => PlanTest.Check(
        Shop,
        "{ book { stars count } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 205
          0 home
            1 shop at book
            2 shop at book

        0 home, cost 103
          why: home serves Query.book
          {
            book {
              id
              sku
            }
          }

        1 shop at book after 0, in one request with 2, cost 101
          why: shop serves Book.stars; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                stars
              }
            }
          }

        2 shop at book after 0, in one request with 1, cost 101
          why: shop serves Book.count; entered by sku
          for each Book
          $representations: [_Any!]! = { __typename: "Stock", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Stock {
                count
              }
            }
          }
        """);

    [Fact]
    public void One_key_is_sent_by_either_name() => PlanTest.Check(
        OneKey,
        "{ book { stars count } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 204
          0 home
            1 shop at book
            2 shop at book

        0 home, cost 102
          why: home serves Query.book
          {
            book {
              id
            }
          }

        1 shop at book after 0, in one request with 2, cost 101
          why: shop serves Book.stars; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                stars
              }
            }
          }

        2 shop at book after 0, in one request with 1, cost 101
          why: shop serves Book.count; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Stock", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Stock {
                count
              }
            }
          }
        """);

    [Fact]
    public void Who_is_there_as_the_one_is_entered_as_the_other() => PlanTest.Check(
        Shop,
        "{ media { stars ... on Book { count } } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 shop
            1 home at media[]
              2 shop at media[]

        0 shop, cost 121
          why: shop serves Query.media
          {
            media {
              stars
              id
            }
          }

        1 home at media[] after 0, cost 110
          why: home serves Book.sku and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Book {
                sku
              }
            }
          }

        2 shop at media[] after 1, cost 110
          why: shop serves Book.count; entered by sku
          for each Book
          $representations: [_Any!]! = { __typename: "Stock", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Stock {
                count
              }
            }
          }
        """);

    [Fact]
    public void Fields_lead_from_one_to_the_other_in_one_fetch() => PlanTest.Check(
        Shop,
        "{ media { stars lot { count like { place best { stars } } } } stock { count } }",
        """
        1 fetch, 1 deep, estimated cost 182
          0 shop

        0 shop, cost 182
          why: shop serves Query.media, Query.stock
          {
            media {
              stars
              lot {
                count
                like {
                  place
                  best {
                    stars
                  }
                }
              }
            }
            stock {
              count
            }
          }
        """);

    [Fact]
    public void A_plan_that_asks_the_one_for_what_the_other_has_is_found_wrong()
    {
        var plan = PlanTest.Plan(OneKey, "{ book { stars count } }");
        var (media, stock) = (plan.Steps.Single(step => step.Document.Text.Contains("stars", StringComparison.Ordinal)), plan.Steps.Single(step => step.Document.Text.Contains("count", StringComparison.Ordinal)));
        var wrong = PlanMutants.With(plan, plan.Steps.SetItem(stock.Id, stock with { Inputs = media.Inputs }));
        Assert.Equal(
            """
            step 2: it asks for count on Stock, which nobody reads
            step 2: Book.count is read from count, which is not asked for all its types
            """.ReplaceLineEndings("\n"),
            string.Join('\n', PlanVerifier.Verify(wrong)));
    }
}
