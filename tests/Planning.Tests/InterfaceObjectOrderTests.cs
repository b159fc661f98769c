using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is asked on objects of an <c>@interfaceObject</c> before, and after, the interface's home has told their types: what a source has of all of
/// them is not read for some of them alone before these are told apart.
/// </summary>
public sealed class InterfaceObjectOrderTests
{
    private const string Requiring =
        """
        --- a apollo
        type Query { many: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i5: Int i4: Int @external r9: String @requires(fields: "i4") }
        --- b apollo
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int i5: Int @external r10: String @requires(fields: "i5") }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        """;

    private const string Chain =
        """
        --- a apollo
        type Query { media: [Media] }
        interface Media @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }
        type Book implements Media @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }
        type Film implements Media @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }
        --- b apollo
        type Query { firstB: Media }
        type Media @interfaceObject @key(fields: "id") { id: ID! }
        --- c apollo
        type Media @interfaceObject @key(fields: "code") { code: ID! cost: Int }
        """;

    // b goes before the types are told, for r10 of all. What r9 requires of some of them comes along, of all: read for some alone it would be dropped
    // where b answers before the home.
    [Fact]
    public void What_is_required_of_some_types_is_read_of_all_before_the_types_are_told() => PlanTest.Check(
        Requiring,
        "{ many { r10 ... on T1 { r9 } } }",
        """
        4 fetches, 3 deep, estimated cost 451
          0 a
            1 b at many[]
            2 home at many[]
              3 a at many[]

        0 a, cost 121
          why: a serves Query.many
          {
            many {
              i5
              id
            }
          }

        1 b at many[] after 0, cost 120
          why: b serves I.r10, I.i4; entered by id; carries i5
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i5: ~i5 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r10
                i4
              }
            }
          }

        2 home at many[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 a at many[] after 1, 2, cost 110
          why: a serves T1.r9; entered by id; carries i4
          for each T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i4: ~i4 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r9
              }
            }
          }
        """);

    // The same with a key.
    [Fact]
    public void A_key_of_some_types_is_read_of_all_before_the_types_are_told() => PlanTest.Check(
        """
        --- d apollo
        type Query { many: [I] }
        type I @key(fields: "sku") @interfaceObject { sku: ID! }
        --- c apollo
        type I @key(fields: "id") @key(fields: "sku") @interfaceObject { id: ID! sku: ID! x: Int }
        --- e apollo
        type I @key(fields: "id") @interfaceObject { id: ID! y: Int }
        --- home apollo
        interface I @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        type T0 implements I @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        type T1 implements I @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        """,
        "{ many { x ... on T1 { y } } }",
        """
        4 fetches, 3 deep, estimated cost 441
          0 d
            1 c at many[]
            2 home at many[]
              3 e at many[]

        0 d, cost 111
          why: d serves Query.many
          {
            many {
              sku
            }
          }

        1 c at many[] after 0, cost 120
          why: c serves I.x, I.id; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                x
                id
              }
            }
          }

        2 home at many[] after 0, cost 100
          why: home tells which I each object is; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 e at many[] after 1, 2, cost 110
          why: e serves T1.y; entered by id
          for each T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                y
              }
            }
          }
        """);

    // Only the home tells the code, by which c is entered.
    [Fact]
    public void Another_interface_object_is_entered_by_a_key_that_the_home_tells() => PlanTest.Check(
        Chain,
        "{ firstB { __typename cost } }",
        """
        3 fetches, 3 deep, estimated cost 304
          0 b
            1 a at firstB
              2 c at firstB

        0 b, cost 102
          why: b serves Query.firstB
          {
            firstB {
              id
            }
          }

        1 a at firstB after 0, cost 101
          why: a serves Media.code and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Media {
                code
              }
            }
          }

        2 c at firstB after 1, cost 101
          why: c serves Media.cost; entered by code
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", code: ~code }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                cost
              }
            }
          }
        """);

    [Fact]
    public void Another_interface_object_is_entered_for_some_types_by_a_key_that_the_home_tells() => PlanTest.Check(
        Chain,
        "{ firstB { ... on Book { cost } } }",
        """
        3 fetches, 3 deep, estimated cost 304
          0 b
            1 a at firstB
              2 c at firstB

        0 b, cost 102
          why: b serves Query.firstB
          {
            firstB {
              id
            }
          }

        1 a at firstB after 0, cost 101
          why: a serves Media.code and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Book {
                code
              }
            }
          }

        2 c at firstB after 1, cost 101
          why: c serves Book.cost; entered by code
          for each Book
          $representations: [_Any!]! = { __typename: "Media", code: ~code }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                cost
              }
            }
          }
        """);

    // i4 comes with the objects, whose types the answer does not tell: the verifier holds it to be read of all of them.
    [Fact]
    public void What_comes_with_objects_without_a_type_is_read_of_all() => PlanTest.Check(
        """
        --- a apollo
        type Query { many: [I] }
        type I @key(fields: "id") @interfaceObject { id: ID! i4: Int }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! }
        type T1 implements I @key(fields: "id") { id: ID! }
        --- c apollo
        type T1 @key(fields: "id") { id: ID! i4: Int @external r: Int @requires(fields: "i4") }
        """,
        "{ many { ... on T1 { r } } }",
        """
        3 fetches, 3 deep, estimated cost 331
          0 a
            1 home at many[]
              2 c at many[]

        0 a, cost 121
          why: a serves Query.many
          {
            many {
              id
              i4
            }
          }

        1 home at many[] after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 c at many[] after 1, cost 110
          why: c serves T1.r; entered by id; carries i4
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id, i4: ~i4 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                r
              }
            }
          }
        """);
}
