using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is required of objects of an interface that no object type implements, in any source (Apollo's <c>@interfaceObject</c>): they are sent without a
/// name where the source has the interface, as Apollo's planner does it, and by the interface's name where it has an object in its place.
/// </summary>
public sealed class NamelessObjectTests
{
    private const string Shelf =
        """
        --- home apollo
        type Query { shelf: Shelf }
        type Shelf @key(fields: "id") { id: ID! media: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! }
        --- sizes apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! size: Int }

        """;

    [Fact]
    public void They_are_carried_without_a_name() => PlanTest.Check(
        Shelf + """
        --- shop apollo
        interface Media { id: ID! size: Int @external }
        type Shelf @key(fields: "id") { id: ID! media: Media @external price: Int @requires(fields: "media { id size }") }
        """,
        "{ shelf { price } }",
        """
        3 fetches, 3 deep, estimated cost 306
          0 home
            1 sizes at shelf.~media
              2 shop at shelf

        0 home, cost 104
          why: home serves Query.shelf
          {
            shelf {
              media {
                id
              }
              id
            }
          }

        1 sizes at shelf.~media after 0, cost 101
          why: sizes serves Media.size; entered by id
          for each Media?
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                size
              }
            }
          }

        2 shop at shelf after 1, cost 101
          why: shop serves Shelf.price; entered by id; carries media { id size }
          for each Shelf
          $representations: [_Any!]! = { __typename, id: ~id, media: ~media { id: ~id, size: ~size } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Shelf {
                price
              }
            }
          }
        """);

    [Fact]
    public void Where_the_source_has_an_object_in_the_interfaces_place_they_have_its_name() => PlanTest.Check(
        Shelf + """
        --- shop apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! }
        type Shelf @key(fields: "id") { id: ID! media: Media @external price: Int @requires(fields: "media { id }") }
        --- kinds apollo
        interface Media @key(fields: "id") { id: ID! }
        """,
        "{ shelf { price } }",
        """
        2 fetches, 2 deep, estimated cost 205
          0 home
            1 shop at shelf

        0 home, cost 104
          why: home serves Query.shelf
          {
            shelf {
              media {
                id
              }
              id
            }
          }

        1 shop at shelf after 0, cost 101
          why: shop serves Shelf.price; entered by id; carries media { id }
          for each Shelf
          $representations: [_Any!]! = { __typename, id: ~id, media: ~media { __typename: "Media", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Shelf {
                price
              }
            }
          }
        """);

    // What is asked for in vain a mutant leaves out and is as right: no mutants here.
    [Fact]
    public void Where_their_name_is_required_it_cannot_be_had()
    {
        var plan = PlanTest.Plan(
            Shelf + """
            --- shop apollo
            interface Media { id: ID! }
            type Shelf @key(fields: "id") { id: ID! media: Media @external price: Int @requires(fields: "media { __typename id }") }
            """,
            "{ shelf { price } }");
        const string expected = """
            1 fetch, 1 deep, estimated cost 101
              0 home

            0 home, cost 101
              why: home serves Query.shelf
              {
                shelf {
                  __typename
                }
              }

            null with an error: Shelf.price on Shelf
              No source can give Shelf.price at Shelf.price: shop cannot be entered, since what its lookup or the field requires is not known here.
            """;
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), PlanPrinter.Print(plan).Trim());
    }

    // Of an item, which nobody gives, p takes an object and s a code: the verifier tells the two values apart, each of which is made of nothing.
    [Fact]
    public void What_is_made_of_objects_that_nobody_gives_is_told_apart() => PlanTest.Check(
        """
        --- library
        type Query { loans: [Loan] }
        interface Item { code: String name: String }
        type Loan @key(fields: "id") { id: ID! item: Item items: [Item] }
        --- fees
        type Query { feeOf(id: ID!): Loan @lookup @internal }
        type Loan @key(fields: "id") { id: ID! part(p: In @require(field: "item.{ code name }")): Int s(c: String @require(field: "item.code")): Int all(l: [In] @require(field: "items[{ code name }]")): Int some(m: [String] @require(field: "items[code]")): Int }
        input In { code: String name: String }
        """,
        "{ loans { s part all some } }",
        """
        2 fetches, 2 deep, estimated cost 271
          0 library
            1 fees at loans[]

        0 library, cost 131
          why: library serves Query.loans
          {
            loans {
              item {
                __typename
              }
              id
              items {
                __typename
              }
            }
          }

        1 fees at loans[] after 0, cost 140
          why: fees serves Loan.s, Loan.part, Loan.all, Loan.some; entered by id; carries item { code }; carries item { code name }; carries items { code name }; carries items { code }
          for each Loan
          $__gg_1_id: ID! = ~id
          $__gg_2_c: String or null = ~item {  }
          $__gg_3_p: In or null = ~item {  }
          $__gg_4_l: [In] or null = ~items[] {  }
          $__gg_5_m: [String] or null = ~items[] {  }
          query ($__gg_1_id: ID!, $__gg_2_c: String, $__gg_3_p: In, $__gg_4_l: [In], $__gg_5_m: [String]) {
            feeOf(id: $__gg_1_id) {
              s(c: $__gg_2_c)
              part(p: $__gg_3_p)
              all(l: $__gg_4_l)
              some(m: $__gg_5_m)
            }
          }
        """);
}
