using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What a source with an <c>@interfaceObject</c> is asked of all objects, and something requires of some of them, or the other way round: it is asked once, where that is no later.
/// </summary>
public sealed class RepeatedOfSomeTests
{
    private const string AskedBefore =
        """
        --- a apollo
        type Query { q: [J] }
        type J @key(fields: "id") @interfaceObject { id: ID! next: J n: Int @external r: Int @requires(fields: "n") }
        --- b apollo
        type J @key(fields: "id") @interfaceObject { id: ID! n: Int }
        --- home apollo
        interface J @key(fields: "id") { id: ID! }
        type T0 implements J @key(fields: "id") { id: ID! }
        type T1 implements J @key(fields: "id") { id: ID! }
        """;

    // r is asked of all that is below next, and requires n of it, before home tells which are T0's. These have n then.
    [Fact]
    public void What_is_required_of_all_before_their_types_are_told_is_there_for_clients_who_ask_it_of_some() => PlanTest.Check(
        AskedBefore,
        "{ q { ... on T0 { next { n } } next { r } } }",
        """
        6 fetches in 4 requests, 3 deep, estimated cost 471
          0 a
            1 b at q[].next
              2 a at q[].next
            3 b at q[].next
              4 a at q[].next
            5 home at q[]

        0 a, cost 131
          why: a serves Query.q
          {
            q {
              next {
                id
              }
              id
            }
          }

        1 b at q[].next after 0, in one request with 3, cost 110
          why: b serves J.n; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                n
              }
            }
          }

        2 a at q[].next after 1, in one request with 4, cost 110
          why: a serves J.r; entered by id; carries n
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, n }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                r
              }
            }
          }

        3 b at q[].next after 0, in one request with 1, cost 110
          why: b serves J.n; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                n
              }
            }
          }

        4 a at q[].next after 3, in one request with 2, cost 110
          why: a serves J.r; entered by id; carries n
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, n: ~n }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                r
              }
            }
          }

        5 home at q[] after 0, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }
        """);

    private const string BesideAnother =
        """
        --- home apollo
        type Query { q: J }
        interface J @key(fields: "id") { id: ID! n: Int near: J }
        type T0 implements J @key(fields: "id") { id: ID! n: Int near: J made: Int @external r0: Int @requires(fields: "made") }
        type T1 implements J @key(fields: "id") { id: ID! n: Int near: J made: Int @external r1: Int @requires(fields: "made") }
        type T2 implements J @key(fields: "id") { id: ID! n: Int near: J }
        --- a apollo
        type J @key(fields: "id") @interfaceObject { id: ID! n: Int @external near: J @external made: Int @requires(fields: "near { n }") other: Int @requires(fields: "n") }
        """;

    // r0 and r1 require made of T0 and of T1, and clients ask it of all, beside another field with a requirement.
    [Fact]
    public void What_is_required_of_some_comes_with_what_is_asked_of_all() => PlanTest.Check(
        BesideAnother,
        "{ q { other made ... on T0 { r0 } ... on T1 { r1 } } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 309
          0 home
            1 a at q
              2 home at q
            3 a at q

        0 home, cost 105
          why: home serves Query.q
          {
            q {
              __typename
              near {
                __typename
                n
              }
              id
              n
            }
          }

        1 a at q after 0, in one request with 3, cost 101
          why: a serves J.made; entered by id; carries near { n }
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id, near: ~near { __typename: "J", n: ~n } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                made
              }
            }
          }

        2 home at q after 1, cost 102
          why: home serves T0.r0, T1.r1; entered by id; carries made
          for each T0|T1
          $representations: [_Any!]! = { __typename, id: ~id, made }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                r0
              }
              ... on T1 {
                r1
              }
            }
          }

        3 a at q after 0, in one request with 1, cost 101
          why: a serves J.other; entered by id; carries n
          for each T0|T1|T2
          $representations: [_Any!]! = { __typename: "J", id: ~id, n: ~n }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                other
              }
            }
          }
        """);

    private const string WithoutTypes =
        """
        --- a apollo
        type Query { q: [J] }
        type J @key(fields: "id") @interfaceObject { id: ID! e: E @external made: Int @requires(fields: "e { id }") }
        type E @key(fields: "id") { id: ID! }
        --- b apollo
        type J @key(fields: "id") @interfaceObject { id: ID! e: E n: Int }
        type E @key(fields: "id") { id: ID! }
        --- c apollo
        type T1 @key(fields: "id") { id: ID! n: Int @external made: Int @external r: Int @requires(fields: "n made") }
        --- home apollo
        interface J @key(fields: "id") { id: ID! }
        type T0 implements J @key(fields: "id") { id: ID! }
        type T1 implements J @key(fields: "id") { id: ID! }
        """;

    // r requires made of T1's, which home tells when b gives what made requires of all.
    [Fact]
    public void What_is_required_of_some_when_their_types_are_told_comes_with_what_is_asked_of_all_by_then() => PlanTest.Check(
        WithoutTypes,
        "{ q { e { id } made ... on T1 { r } } }",
        """
        5 fetches, 4 deep, estimated cost 561
          0 a
            1 b at q[]
              3 a at q[]
                4 c at q[]
            2 home at q[]

        0 a, cost 111
          why: a serves Query.q
          {
            q {
              id
            }
          }

        1 b at q[] after 0, cost 130
          why: b serves J.e, J.n; entered by id
          for each T1|T0
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                e {
                  id
                }
                n
              }
            }
          }

        2 home at q[] after 0, cost 100
          why: home tells which J each object is; entered by id
          for each T1|T0
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 a at q[] after 1, cost 110
          why: a serves J.made; entered by id; carries e { id }
          for each T1|T0
          $representations: [_Any!]! = { __typename: "J", id: ~id, e: e { id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                made
              }
            }
          }

        4 c at q[] after 2, 3, cost 110
          why: c serves T1.r; entered by id; carries n made
          for each T1
          $representations: [_Any!]! = { __typename, id: ~id, n: ~n, made }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                r
              }
            }
          }
        """);

    private const string BelowRequired =
        """
        --- a apollo
        type Query { q: J }
        type J @key(fields: "id") @interfaceObject { id: ID! }
        --- b apollo
        type J @key(fields: "id") @interfaceObject { id: ID! n: Int m: Int i: J @external made: J @requires(fields: "i { id }") }
        --- c apollo
        type J @key(fields: "id") @interfaceObject { id: ID! i: J made: J @external m: Int @external n: Int @external r: Int @requires(fields: "made { n } m") }
        --- home apollo
        interface J @key(fields: "id") { id: ID! }
        type T0 implements J @key(fields: "id") { id: ID! }
        type T1 implements J @key(fields: "id") { id: ID! }
        """;

    // r requires n of what is below made, of T1's alone. Below made all objects are asked for their types, so all of them come with their key.
    [Fact]
    public void What_is_below_a_field_that_is_required_of_some_comes_by_one_way_for_all() => PlanTest.Check(
        BelowRequired,
        "{ q { made { __typename } ... on T0 { i { made { n } } } ... on T1 { r } } }",
        """
        9 fetches in 6 requests, 5 deep, estimated cost 615
          0 a
            1 home at q
              2 c at q
                3 home at q.i
                4 b at q.i
                6 b at q
                  7 home at q.made
                  8 c at q
              5 b at q

        0 a, cost 102
          why: a serves Query.q
          {
            q {
              id
            }
          }

        1 home at q after 0, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 c at q after 1, cost 106
          why: c serves T0.i, J.i; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                i {
                  id
                  i {
                    id
                  }
                }
                i_2: i {
                  id
                }
              }
            }
          }

        3 home at q.i after 2, in one request with 7, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 b at q.i after 2, in one request with 5, 6, cost 102
          why: b serves J.made; entered by id; carries i { id }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, i: ~i { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                made {
                  n
                }
              }
            }
          }

        5 b at q after 1, in one request with 4, 6, cost 101
          why: b serves J.m; entered by id
          for each T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                m
              }
            }
          }

        6 b at q after 2, in one request with 4, 5, cost 103
          why: b serves J.made; entered by id; carries i { id }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, i: ~i { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                made {
                  n
                  id
                }
              }
            }
          }

        7 home at q.made after 6, in one request with 3, cost 100
          why: home tells which J each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        8 c at q after 5, 6, cost 101
          why: c serves T1.r; entered by id; carries made { n } m
          for each T1
          $representations: [_Any!]! = { __typename: "J", id: ~id, made: made { __typename: "J", n: ~n }, m: ~m }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                r
              }
            }
          }
        """);

    private const string MoreBelow =
        """
        --- a apollo
        type Query { q: I }
        type I @key(fields: "id") @interfaceObject { id: ID! e: E }
        type E @key(fields: "id") { id: ID! n: Int }
        --- home apollo
        interface I @key(fields: "id") { id: ID! }
        type T0 implements I @key(fields: "id") { id: ID! e: E @external r0: Int @requires(fields: "e { n }") }
        type T1 implements I @key(fields: "id") { id: ID! e: E @external r1: Int @requires(fields: "e { id }") }
        type E @key(fields: "id") { id: ID! n: Int @external }
        """;

    [Fact]
    public void Objects_of_each_type_carry_below_a_field_what_their_own_fields_require_of_it() => PlanTest.Check(
        MoreBelow,
        "{ q { ... on T0 { r0 } ... on T1 { r1 } } }",
        """
        3 fetches, 3 deep, estimated cost 307
          0 a
            1 home at q
              2 home at q

        0 a, cost 105
          why: a serves Query.q
          {
            q {
              id
              e {
                n
                id
              }
            }
          }

        1 home at q after 0, cost 100
          why: home tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 home at q after 1, cost 102
          why: home serves T0.r0, T1.r1; entered by id; carries e { n }; carries e { id }
          for each T0|T1
          $representations: [_Any!]! = { __typename, id: ~id, <T0> e: ~e { n: ~n }, <T1> e: ~e { id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T0 {
                r0
              }
              ... on T1 {
                r1
              }
            }
          }
        """);
}
