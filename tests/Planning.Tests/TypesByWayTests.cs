using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Objects of an <c>@interfaceObject</c> whose types are told by a fetch that waits for another one: it takes a key that those have who know the interface as an object, too. They
/// are asked for the key of all objects, and once more for what is asked of some types.
/// </summary>
public sealed class TypesByWayTests
{
    private const string TwoKeys =
        """
        --- s0 apollo
        type Query { medias: [M] }
        type M @key(fields: "sku") @interfaceObject { sku: String! }
        --- s1 apollo
        type M @key(fields: "id") @key(fields: "sku") @interfaceObject { id: ID! sku: String! extra: String more: String }
        --- s3 apollo
        interface M @key(fields: "id") { id: ID! }
        type T0 implements M @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
        type T1 implements M @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
        """;

    private const string Way =
        """
        --- s0 apollo
        type Query { one: M any: Any }
        union Any = Bag | Box
        type Bag { inner: M }
        type Box { size: Int }
        type M @key(fields: "sku") @interfaceObject { sku: String! }
        --- s1 apollo
        type M @key(fields: "sku") @key(fields: "ref { code }") @interfaceObject { sku: String! ref: Ref! extra: String needs: String @external made: String @requires(fields: "needs") }
        type Ref { code: ID! }
        --- s2 apollo
        type M @key(fields: "ref { code }") @key(fields: "id") @interfaceObject { ref: Ref! id: ID! other: String needs: String }
        type Ref { code: ID! }
        --- s3 apollo
        interface M @key(fields: "id") { id: ID! }
        type T0 implements M @key(fields: "id") { id: ID! }
        type T1 implements M @key(fields: "id") { id: ID! }
        """;

    // extra is asked of T0 alone, and by then: it is not the first fetch to s1 that gives it, for which s3 waits.
    [Fact]
    public void A_field_of_some_types_is_asked_of_its_source_once_more_when_the_types_are_told() => PlanTest.Check(
        TwoKeys,
        "{ medias { ... on T0 { __typename id sku extra } } }",
        """
        4 fetches, 4 deep, estimated cost 451
          0 s0
            1 s1 at medias[]
              2 s3 at medias[]
                3 s1 at medias[]

        0 s0, cost 111
          why: s0 serves Query.medias
          {
            medias {
              sku
            }
          }

        1 s1 at medias[] after 0, cost 110
          why: s1 serves M.id; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                id
              }
            }
          }

        2 s3 at medias[] after 1, cost 120
          why: s3 serves T0.id, T0.sku and tells which M each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on T0 {
                id
                sku
              }
            }
          }

        3 s1 at medias[] after 2, cost 110
          why: s1 serves T0.extra; entered by sku
          for each T0
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                extra
              }
            }
          }
        """);

    // What all are asked goes with the key.
    [Fact]
    public void A_field_of_all_types_is_asked_before_the_types_and_what_some_are_asked_besides_after_them() => PlanTest.Check(
        TwoKeys,
        "{ medias { extra ... on T0 { again: extra more } } }",
        """
        4 fetches, 4 deep, estimated cost 451
          0 s0
            1 s1 at medias[]
              2 s3 at medias[]
                3 s1 at medias[]

        0 s0, cost 111
          why: s0 serves Query.medias
          {
            medias {
              sku
            }
          }

        1 s1 at medias[] after 0, cost 120
          why: s1 serves M.extra, M.id; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                extra
                id
              }
            }
          }

        2 s3 at medias[] after 1, cost 100
          why: s3 tells which M each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 s1 at medias[] after 2, cost 120
          why: s1 serves T0.extra, T0.more; entered by sku
          for each T0
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                again: extra
                more
              }
            }
          }
        """);

    // The types' slots for extra are two, which all objects are asked for together.
    [Fact]
    public void What_each_type_asks_is_asked_before_the_types_and_what_one_asks_besides_after_them() => PlanTest.Check(
        TwoKeys,
        "{ medias { ... on T0 { extra more } ... on T1 @skip(if: false) { extra more @include(if: false) } } }",
        """
        4 fetches, 4 deep, estimated cost 441
          0 s0
            1 s1 at medias[]
              2 s3 at medias[]
                3 s1 at medias[]

        0 s0, cost 111
          why: s0 serves Query.medias
          {
            medias {
              sku
            }
          }

        1 s1 at medias[] after 0, cost 120
          why: s1 serves T0.extra, T1.extra, M.id; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                extra
                id
              }
            }
          }

        2 s3 at medias[] after 1, cost 100
          why: s3 tells which M each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 s1 at medias[] after 2, cost 110
          why: s1 serves T0.more; entered by sku
          for each T0
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                more
              }
            }
          }
        """);

    // Both sources on the way have something of T0.
    [Fact]
    public void A_way_by_a_nested_key_over_two_sources_is_gone_before_either_is_asked_for_some_types() => PlanTest.Check(
        Way,
        "{ one { ... on T0 { extra other } } }",
        """
        6 fetches, 5 deep, estimated cost 607
          0 s0
            1 s1 at one
              2 s2 at one
                3 s3 at one
                  4 s1 at one
                  5 s2 at one

        0 s0, cost 102
          why: s0 serves Query.one
          {
            one {
              sku
            }
          }

        1 s1 at one after 0, cost 102
          why: s1 serves M.ref; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                ref {
                  code
                }
              }
            }
          }

        2 s2 at one after 1, cost 101
          why: s2 serves M.id; entered by ref { code }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", ref: ~ref { code: ~code } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                id
              }
            }
          }

        3 s3 at one after 2, cost 100
          why: s3 tells which M each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 s1 at one after 3, cost 101
          why: s1 serves T0.extra; entered by sku
          for each T0
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                extra
              }
            }
          }

        5 s2 at one after 3, cost 101
          why: s2 serves T0.other; entered by ref { code }
          for each T0
          $representations: [_Any!]! = { __typename: "M", ref: ~ref { code: ~code } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                other
              }
            }
          }
        """);

    // made would be there before the types are, and waits for them: one request is spared.
    [Fact]
    public void A_field_that_requires_another_one_goes_with_what_some_types_are_asked() => PlanTest.Check(
        Way,
        "{ one { made ... on T0 { extra } } }",
        """
        6 fetches in 5 requests, 5 deep, estimated cost 509
          0 s0
            1 s1 at one
              2 s2 at one
                3 s3 at one
                  4 s1 at one
                  5 s1 at one

        0 s0, cost 102
          why: s0 serves Query.one
          {
            one {
              sku
            }
          }

        1 s1 at one after 0, cost 102
          why: s1 serves M.ref; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                ref {
                  code
                }
              }
            }
          }

        2 s2 at one after 1, cost 102
          why: s2 serves M.needs, M.id; entered by ref { code }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", ref: ~ref { code: ~code } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                needs
                id
              }
            }
          }

        3 s3 at one after 2, cost 100
          why: s3 tells which M each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 s1 at one after 3, in one request with 5, cost 102
          why: s1 serves M.made, T0.extra; entered by sku; carries needs
          for each T0
          $representations: [_Any!]! = { __typename: "M", sku: ~sku, needs: ~needs }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                made
                extra
              }
            }
          }

        5 s1 at one after 3, in one request with 4, cost 101
          why: s1 serves M.made; entered by sku; carries needs
          for each T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku, needs: ~needs }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                made
              }
            }
          }
        """);

    // The code comes with the way, of all; that of T1 is read from there.
    [Fact]
    public void Below_a_member_of_a_union_it_is_the_same() => PlanTest.Check(
        Way,
        "{ any { ... on Bag { inner { ... on T0 { extra } ... on T1 { ref { code } } } } } }",
        """
        6 fetches in 5 requests, 5 deep, estimated cost 509
          0 s0
            1 s1 at any.inner
              2 s2 at any.inner
                3 s3 at any.inner
                  4 s1 at any.inner
                  5 s1 at any.inner

        0 s0, cost 103
          why: s0 serves Query.any
          {
            any {
              __typename
              ... on Bag {
                inner {
                  sku
                }
              }
            }
          }

        1 s1 at any.inner after 0, cost 102
          why: s1 serves M.ref; entered by sku
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                ref {
                  code
                }
              }
            }
          }

        2 s2 at any.inner after 1, cost 101
          why: s2 serves M.id; entered by ref { code }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", ref: ~ref { code: ~code } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                id
              }
            }
          }

        3 s3 at any.inner after 2, cost 100
          why: s3 tells which M each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "M", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 s1 at any.inner after 3, in one request with 5, cost 101
          why: s1 serves T0.extra; entered by sku
          for each T0
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                extra
              }
            }
          }

        5 s1 at any.inner after 3, in one request with 4, cost 102
          why: s1 serves T1.ref; entered by sku
          for each T1
          $representations: [_Any!]! = { __typename: "M", sku: ~sku }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on M {
                ref {
                  code
                }
              }
            }
          }
        """);
}
