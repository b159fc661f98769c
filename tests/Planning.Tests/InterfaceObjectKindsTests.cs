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

    // What is required below the field is in one slot for all types, with what clients see of it: sent of all, so asked of all.
    [Fact]
    public void What_is_sent_of_all_types_from_one_slot_goes_by_one_fetch() => PlanTest.Check(
        """
        --- home apollo
        interface Part @key(fields: "id") { id: ID! }
        interface Wheel implements Part @key(fields: "id") { id: ID! }
        type Frame implements Part @key(fields: "id") { id: ID! }
        type Rim implements Part & Wheel @key(fields: "id") { id: ID! }
        --- stock apollo
        type Query { part: Part }
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable inner: Wheel @shareable }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! @shareable inner: Wheel @shareable own: String }
        --- prices apollo
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable extra: String @shareable inner: Wheel @external made: String @shareable @requires(fields: "inner { own }") }
        type Wheel @key(fields: "id") @interfaceObject {
          id: ID! @shareable extra: String @shareable own: String @external inner: Wheel @external made: String @shareable @requires(fields: "inner { own }")
        }
        """,
        "{ part { inner { __typename } ... on Wheel { extra } made } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 307
          0 stock
            1 home at part.inner
            2 home at part
              3 prices at part

        0 stock, cost 105
          why: stock serves Query.part
          {
            part {
              inner {
                id
                own
              }
              id
            }
          }

        1 home at part.inner after 0, in one request with 2, cost 100
          why: home tells which Wheel each object is; entered by id
          for each Rim
          $representations: [_Any!]! = { __typename: "Wheel", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 home at part after 0, in one request with 1, cost 100
          why: home tells which Part each object is; entered by id
          for each Frame|Rim
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 prices at part after 2, cost 102
          why: prices serves Wheel.extra, Part.made; entered by id; carries inner { own }
          for each Frame|Rim
          $representations: [_Any!]! = { __typename: "Part", id: ~id, inner: inner { __typename: "Wheel", own: ~own } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                extra
                made
              }
            }
          }
        """);

    // A source may define no objects of an interface within the interface: nobody has to know them.
    [Fact]
    public void Types_that_no_source_defines_need_not_be_known() => PlanTest.Check(
        """
        --- home apollo
        interface Part @key(fields: "id") { id: ID! }
        interface Wheel implements Part @key(fields: "id") { id: ID! }
        type Frame implements Part @key(fields: "id") { id: ID! }
        --- stock apollo
        type Query { part: Part }
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable inner: Wheel @shareable }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! @shareable inner: Wheel @shareable }
        """,
        "{ part { __typename } }",
        """
        2 fetches, 2 deep, estimated cost 202
          0 stock
            1 home at part

        0 stock, cost 102
          why: stock serves Query.part
          {
            part {
              id
            }
          }

        1 home at part after 0, cost 100
          why: home tells which Part each object is; entered by id
          for each Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }
        """);

    // What stands for the wheels kept the field that requires a part's name from being served: of wheels nobody has one.
    [Fact]
    public void Nobody_requires_anything_of_types_that_no_source_defines() => PlanTest.Check(
        """
        --- home apollo
        interface Part @key(fields: "id") { id: ID! name: String }
        interface Wheel implements Part @key(fields: "id") { id: ID! name: String }
        type Frame implements Part @key(fields: "id") { id: ID! name: String }
        --- stock apollo
        type Query { box: Box }
        type Box @key(fields: "id") { id: ID! part: Part }
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! @shareable inner: Wheel }
        --- shop
        type Query { boxById(id: ID!): Box @lookup @internal }
        type Box @key(fields: "id") { id: ID! label(name: String @require(field: "part.name")): String }
        """,
        "{ box { label } }",
        """
        3 fetches, 3 deep, estimated cost 306
          0 stock
            1 home at box.~part
              2 shop at box

        0 stock, cost 104
          why: stock serves Query.box
          {
            box {
              part {
                id
              }
              id
            }
          }

        1 home at box.~part after 0, cost 101
          why: home serves Part.name and tells which Part each object is; entered by id
          for each Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Part {
                name
              }
            }
          }

        2 shop at box after 1, cost 101
          why: shop serves Box.label; entered by id; carries part { name }
          for each Box
          $__gg_1_id: ID! = ~id
          $__gg_2_name: String or null = ~part { ~name }
          query ($__gg_1_id: ID!, $__gg_2_name: String) {
            boxById(id: $__gg_1_id) {
              label(name: $__gg_2_name)
            }
          }
        """);

    // Agreement, seed 314159421: objects of a source that has the interface itself are carried to one that has objects in its place.
    [Fact]
    public void Types_that_no_source_defines_are_not_carried() => PlanTest.Check(
        """
        --- home apollo
        interface Part @key(fields: "id") { id: ID! }
        interface Wheel implements Part @key(fields: "id") { id: ID! }
        type Frame implements Part @key(fields: "id") { id: ID! }
        type Box @key(fields: "id") { id: ID! parts: [Part] }
        --- stock apollo
        type Query { box: Box }
        type Box @key(fields: "id") { id: ID! parts: [Part] @external label: String @requires(fields: "parts { id }") }
        type Part @key(fields: "id") @interfaceObject { id: ID! @shareable }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! @shareable }
        """,
        "{ box { label } }",
        """
        3 fetches, 3 deep, estimated cost 314
          0 stock
            1 home at box
              2 stock at box

        0 stock, cost 102
          why: stock serves Query.box
          {
            box {
              id
            }
          }

        1 home at box after 0, cost 111
          why: home serves Box.parts; entered by id
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                parts {
                  __typename
                  id
                }
              }
            }
          }

        2 stock at box after 1, cost 101
          why: stock serves Box.label; entered by id; carries parts { id }
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id, parts: ~parts[] { <Frame> __typename: "Part", <Frame> id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                label
              }
            }
          }
        """);
}
